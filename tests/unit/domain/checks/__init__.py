"""Checks of facts: slips, shifts and breaks that are hardly meant."""
