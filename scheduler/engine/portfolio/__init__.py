"""What runs side by side, in rounds: workers, restarts, and which dual prices lead them."""
