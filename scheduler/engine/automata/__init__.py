"""Limits over several days as layered automata, and the graph of one agent's legal weeks made of them."""
