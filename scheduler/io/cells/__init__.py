"""Cells: how values are parsed from cells, and rendered into them."""
