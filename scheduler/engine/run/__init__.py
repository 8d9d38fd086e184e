"""What a run looks at and leaves behind: stop criteria, the incumbent, side tasks, the result."""
