"""The problem as arrays: slots, shift options, break layouts, costs by interval, limits as records."""
