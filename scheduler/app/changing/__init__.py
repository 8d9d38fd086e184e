"""The verbs on rosters that are there already: compare, repair, refresh, swap, who."""
