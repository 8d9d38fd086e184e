"""Checks of one agent's facts: absences and employment, hours of the contract, pins."""
