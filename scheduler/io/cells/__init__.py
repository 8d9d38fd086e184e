"""Cells: what a text or a value in a cell means, and how a value is written into one."""
