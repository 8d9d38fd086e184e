"""A short part of each attack, with fixed seeds."""

from pathlib import Path

from scheduler.domain import Stop
from tests.attacks.interrupts import cases
from tests.attacks.offers import Offers
from tests.engine.rosters import drawn
from tests.test_examples import EXAMPLES


def test_what_searches_offer_is_what_a_recount_gives() -> None:
    offers = Offers()
    for case in drawn(range(3), range(2)):
        offers.of_search((str(case), *case.case()), Stop(seconds=None, rounds=2), seed=1, workers=1)
    assert offers.checked >= 5 and not offers.wrong


def test_every_example_is_interrupted(tmp_path: Path) -> None:
    # Examples that make their week of frames were asked for a function that they do not have.
    scripts = [
        script
        for script in EXAMPLES.glob("0*.py")
        if not any(word in script.read_text("utf-8") for word in ("forecast(", "def weeks("))
    ]
    assert len(cases(tmp_path, generated=0)) == len([*EXAMPLES.glob("*_week.xlsx"), *scripts])
