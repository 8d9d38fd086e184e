"""Checks of how many agents are wanted, by the interval and by the shift, against those who could come."""
