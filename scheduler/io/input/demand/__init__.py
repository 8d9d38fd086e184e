"""The sheets of demand, by the interval and by the shift, read row by row."""
