"""The horizon moved on: the next week's problem, made of this week's and of its roster."""
