"""Rules on what is shared out among all: each is held against their own fair share."""
