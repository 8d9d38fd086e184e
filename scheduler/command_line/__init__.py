"""The command line: arguments, what is told on the terminal, and where results are written."""
