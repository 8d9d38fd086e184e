"""Attacks on what staffcurve promises: long, by hand, with seeds; the suite runs a short part of each."""
