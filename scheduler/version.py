"""The version, where everything can read it and nothing else is imported."""

__version__ = "0.1.0"
