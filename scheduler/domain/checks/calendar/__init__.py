"""Checks of dates and times: changes of the clock, and facts of other days."""
