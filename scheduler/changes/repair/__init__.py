"""A repair without its search: what stands at a moment, what changes cost, and why each was made."""
