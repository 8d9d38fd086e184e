"""New workbooks to fill in, a file a trade."""
