"""The sheets for whoever signs the roster: the summary, the rules, the proof."""
