"""A short part of each attack, with fixed seeds."""

from scheduler.domain import Stop
from tests.attacks.offers import Offers
from tests.engine.rosters import drawn


def test_what_searches_offer_is_what_a_recount_gives() -> None:
    offers = Offers()
    for case in drawn(range(3), range(2)):
        offers.of_search((str(case), *case.case()), Stop(seconds=None, rounds=2), seed=1, workers=1)
    assert offers.checked >= 5 and not offers.wrong
