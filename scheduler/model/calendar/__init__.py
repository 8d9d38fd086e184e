"""Days, weeks and runs as limits and checks count them, with what the history carries in."""
