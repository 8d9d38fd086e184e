"""Rules on how much an agent works: hours, days, shifts."""
