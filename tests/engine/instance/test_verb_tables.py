"""Verbs tabulated over all options against the same verbs asked of concrete duties."""

from datetime import date
from random import Random

import numpy as np
import pytest

from scheduler.domain import Agent, Contract, Duty, Pin, PlacedBreak, Problem, TimeGrid
from scheduler.domain.findings.errors import UnsupportedRule
from scheduler.engine.instance.shift_options import ABSENT, Options
from scheduler.engine.instance.slots import Slots
from scheduler.engine.instance.verb_tables import amounts, free_amount
from scheduler.model.limits.verbs import DiffersFrom, Verb
from tests.engine.demanded import random_verb
from tests.property.problems import small_problem

ZONES = (None, "UTC+3", "Asia/Kolkata", "Europe/Lisbon")
CLOCK_CHANGES = {
    "spring": ("Europe/Berlin", date(2025, 3, 29)),  # 02:00 to 03:00 on Sunday the 30th is not there
    "autumn": ("Europe/Berlin", date(2025, 10, 25)),  # on Sunday the 26th it is there twice
    "none": ("UTC", date(2025, 5, 5)),
}


def everywhere(random: Random, zone: str, first_day: date) -> Problem:
    """Shifts of a small problem, and one at every hour, for agents on four clocks over three days."""
    problem = small_problem(random)
    any_hour = problem.templates[0].model_copy(
        update={
            "name": "any hour",
            "weekdays": tuple(range(7)),
            "earliest_start": 0,
            "latest_start": 1680,  # 28:00 is 04:00 of the next day
            "start_step": 60,
        }
    )
    templates = (*problem.templates, any_hour)
    contract = Contract(name="c", pay_per_hour=1, templates=tuple(t.name for t in templates))
    agents = tuple(
        Agent(name=f"on {clock}", contract="c", skills=("red",), time_zone=clock) for clock in ZONES
    )
    grid = TimeGrid(first_day=first_day, days=3, interval_minutes=30, time_zone=zone)
    facts = {"grid": grid, "templates": templates, "contracts": (contract,), "agents": agents, "demand": ()}
    return problem.model_copy(update=facts)


def duty_of(options: Options, agent: Agent, zone: int, day: int, option: int) -> Duty:
    """The duty that an option is, its breaks one after another from its start."""
    start, template = int(options.start_instant[zone, day, option]), options.template_of(option)
    elapsed = int(options.elapsed[option])
    breaks, at = [], start
    for pause in template.breaks_of(elapsed):
        length = pause.length_minutes
        breaks.append(PlacedBreak(name=pause.name, start=at, length_minutes=length, paid=pause.paid))
        at += length
    return Duty(
        agent=agent.name,
        day=day,
        template=template.name,
        start=start,
        end=start + elapsed,
        breaks=tuple(breaks),
    )


@pytest.mark.parametrize("change", CLOCK_CHANGES)
@pytest.mark.parametrize("seed", range(4))
def test_a_verb_says_the_same_of_options_and_of_duties(change: str, seed: int) -> None:
    random = Random(seed)
    problem = everywhere(random, *CLOCK_CHANGES[change])
    options = Options.of(Slots.of(problem))
    verbs = [random_verb(problem, random) for _ in range(30)]
    assert len({type(verb) for verb in verbs}) >= 7
    for zone, clock in enumerate(options.slots.zones):
        agent = next(agent for agent in problem.agents if problem.zone_of(agent) == clock)
        for day in range(problem.grid.days):
            there = np.nonzero(options.start_slot[zone, day] != ABSENT)[0].tolist()
            chosen = random.sample(there, min(len(there), 12))
            duties = [duty_of(options, agent, zone, day, option) for option in chosen]
            for verb in verbs:
                table = amounts(options, verb, zone, day)
                for option, duty in zip(chosen, duties, strict=True):
                    assert table[option] == verb.amount(problem, agent, duty), (verb, duty)
                assert free_amount(verb) == verb.amount(problem, agent, None)


def test_the_hour_that_a_clock_change_skips_has_no_options() -> None:
    # Berlin goes from 02:00 to 03:00 on Sunday 30 March 2025, day 1; Kolkata has 02:00 as always.
    problem = everywhere(Random(0), *CLOCK_CHANGES["spring"])
    options = Options.of(Slots.of(problem))
    at_two = np.nonzero(options.clock == 120)[0]
    berlin, kolkata = (options.slots.zones.index(zone) for zone in ("Europe/Berlin", "Asia/Kolkata"))
    assert (options.start_slot[berlin, 1, at_two] == ABSENT).all()
    assert (options.start_slot[kolkata, 1, at_two] != ABSENT).all()
    # and 26:00 of Saturday is that same hour
    at_twenty_six = np.nonzero(options.clock == 1560)[0]
    assert (options.start_slot[berlin, 0, at_twenty_six] == ABSENT).all()


def test_every_option_is_a_shift_that_the_templates_allow() -> None:
    problem = everywhere(Random(1), *CLOCK_CHANGES["autumn"])
    options = Options.of(Slots.of(problem))
    listed = [
        (number, clock, length)
        for number, template in enumerate(problem.templates)
        for length in template.lengths
        for clock in template.starts
    ]
    made = zip(options.template.tolist(), options.clock.tolist(), options.elapsed.tolist(), strict=True)
    assert sorted(made) == sorted(listed)
    # neighbours of one family are the same shift a step later
    for one in range(options.count - 1):
        if options.family[one] == options.family[one + 1]:
            step = options.template_of(one).start_step
            assert options.clock[one + 1] - options.clock[one] == step
            assert options.elapsed[one] == options.elapsed[one + 1]


def test_breaks_that_a_pin_fixes_are_an_option_of_their_own() -> None:
    problem = everywhere(Random(0), *CLOCK_CHANGES["none"])
    template = next(t for t in problem.templates if t.breaks and t.breaks_of(t.min_length))
    breaks = len(template.breaks_of(template.min_length))
    starts = tuple(template.earliest_start + 60 + 45 * j for j in range(breaks))
    pin = Pin(
        day=problem.grid.date(1),
        template=template.name,
        start=template.earliest_start,
        length_minutes=template.min_length,
        break_starts=starts,
    )
    verb = DiffersFrom(pin)
    at = tuple(problem.grid.instant_on_day(1, start, "UTC+3") for start in starts)
    options = Options.of(Slots.of(problem, break_starts=[at]), [("UTC+3", 1, verb)])
    zone = options.slots.zones.index("UTC+3")
    ((option, made),) = options.pinned.items()
    assert (made.zone, made.day, made.break_starts) == (zone, 1, at)
    # on its own day and clock only, and only it is as pinned
    assert np.argwhere(options.start_slot[:, :, option] != ABSENT).tolist() == [[zone, 1]]
    assert np.nonzero(amounts(options, verb, zone, 1) == 0)[0].tolist() == [option]


def test_a_verb_that_is_not_tabulated_is_refused() -> None:
    class Hummed(Verb):
        pass

    options = Options.of(Slots.of(everywhere(Random(0), *CLOCK_CHANGES["none"])))
    with pytest.raises(UnsupportedRule, match='cannot count "Hummed"'):
        amounts(options, Hummed(), 0, 0)
