"""What staffcurve can do, for whoever calls it: plan, verify, read and write."""
