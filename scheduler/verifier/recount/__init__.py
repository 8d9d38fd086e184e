"""Coverage, headcounts and cost, recounted from the duties alone."""
