"""What a person sees of the command line: findings, progress and verdicts, files delivered, exit codes."""
