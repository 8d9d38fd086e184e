"""Rules on rest between duties."""
