"""Forecast of contacts and handling times from their history, and how good it would have been.

Called by :mod:`scheduler.app.forecasts`. A day's value is level x weekday x what the calendar says of it
(:mod:`.level`, :mod:`.day_factors`), spread over the day by a profile of its weekday (:mod:`.profile`); how
much it scatters is in :mod:`.dispersion`, and :mod:`.backtest` holds it against a plain mean. It knows arrays
and dates, and nothing of files.
"""

from scheduler.demand.forecast.backtest import Backtest, Score, backtest
from scheduler.demand.forecast.dispersion import Dispersion, dispersion
from scheduler.demand.forecast.model import Forecast, forecast
from scheduler.demand.forecast.past import PastVolumes

__all__ = ["Backtest", "Dispersion", "Forecast", "PastVolumes", "Score", "backtest", "dispersion", "forecast"]
