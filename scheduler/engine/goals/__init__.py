"""Goals over a day or a week: their multipliers, for the bound and for the search of rosters."""
