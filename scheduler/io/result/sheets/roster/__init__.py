"""The sheets of duties: by agent and day, duty by duty, hours, and what changed."""
