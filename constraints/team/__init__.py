"""Rules on who is at work at a time: requirement, seats, skills."""
