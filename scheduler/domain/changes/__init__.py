"""Rosters that are compared, repaired, or asked to be changed: records only."""
