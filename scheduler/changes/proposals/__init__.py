"""Changes of a few duties: swaps judged, and people found for duties, for overtime or for time off."""
