"""Results, comparisons, proposals and repairs as JSON documents."""
