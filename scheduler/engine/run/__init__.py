"""The run of a search: stop criteria, the incumbent, side tasks, the result."""
