"""Two rosters with their inputs, and what differs between them."""
