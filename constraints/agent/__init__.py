"""Rules on one agent: hours, days, rests, starts, wishes."""
