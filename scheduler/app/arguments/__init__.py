"""What the verbs are given: their arguments, the names a planner writes, and signals that end them."""
