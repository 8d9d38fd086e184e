"""Rules on what follows what: starts, successions, weekends."""
