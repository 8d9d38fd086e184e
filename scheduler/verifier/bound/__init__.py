"""The bound, recomputed from its certificate by code that shares nothing with the search."""
