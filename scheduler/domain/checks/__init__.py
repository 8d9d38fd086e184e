"""Whether facts hold together: every name refers to something, and every number can be meant."""
