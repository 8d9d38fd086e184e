"""Rules on when and what an agent may work."""
