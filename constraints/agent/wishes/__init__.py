"""Rules on what agents would like."""
