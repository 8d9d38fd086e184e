"""Forecasts: made of a history, told line by line, written into a week."""
