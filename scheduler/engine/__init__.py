"""The engine: prices, weeks of work, search, bound. The only room that imports ortools.

``search`` is its one door. It sees facts and rules and hands out records; no solver object leaves it.
"""

from scheduler.engine.run.result import Found
from scheduler.engine.search import search

__all__ = ["Found", "search"]
