"""What leaves for other programs and for people's hands: calendars and personal plans."""
