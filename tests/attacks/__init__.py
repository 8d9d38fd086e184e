"""Programs that attack staffcurve with seeds: ``python -m tests.attacks NAME --count N --seed S``.

Each tells its counts and ends with 1 where anything came through. A short part of each, with a fixed seed,
is in the ordinary suite.
"""
