"""Rules on nights: how many, how many in a row, how many minutes, and the rest after them."""
