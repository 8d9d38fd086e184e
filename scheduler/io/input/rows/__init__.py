"""The sheets of settings, agents, breaks and rules, read row by row."""
