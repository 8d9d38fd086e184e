"""Rules on what may change: pins, and what a repair is held to."""
