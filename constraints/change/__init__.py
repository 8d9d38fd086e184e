"""Rules on what may change: pins."""
