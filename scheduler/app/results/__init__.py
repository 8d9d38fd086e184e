"""Results as they are handed over, told as documents, and read back with the edits of people."""
