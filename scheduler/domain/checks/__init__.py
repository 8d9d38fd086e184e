"""Checks of the facts: every name refers to something, and every number makes sense."""
