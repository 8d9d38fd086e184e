"""What each agent's fair share of something is, reckoned from the input before anything is planned."""
