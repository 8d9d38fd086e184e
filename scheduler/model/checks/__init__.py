"""What can be told of a rule book before a search."""
