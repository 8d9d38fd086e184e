"""Forecast of volumes: what is recovered, what does not bend it, what is refused."""
