"""Why there is no legal roster: whoever is named is stuck indeed, and CP-SAT had to agree."""

import dataclasses
from datetime import date, datetime
from itertools import pairwise, product
from random import Random
from typing import Any

import numpy as np
import pytest

from constraints import (
    DaysPerWeek,
    MaxConsecutiveDays,
    MinimumStaff,
    OneShiftADay,
    Pins,
    Seats,
    ShiftRequirement,
)
from scheduler.app import planning
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contradiction,
    Headcount,
    NothingFound,
    Pin,
    Problem,
    Skill,
    Status,
    Stop,
)
from scheduler.engine import search
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.infeasibility import diagnosis
from scheduler.engine.infeasibility.cp_sat_check import LegalWeek, legal_week
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE, roster_of
from scheduler.engine.instance.shift_options import ABSENT
from scheduler.model import Rule, RuleBook, Strength, Total
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Worked
from scheduler.verifier import recompute_bound
from tests.engine.demanded import KINDS, Demanded, random_limit
from tests.engine.rosters import own_cost, snapshot_of_rows
from tests.property.problems import small_case
from tests.unit.domain.test_clock_checks import night
from tests.unit.tiny import rule, tiny_problem, tiny_rules

ONE_ROUND = Stop(seconds=None, rounds=1)


def one_agent(seed: int) -> Problem:
    """The first agent of a small case, on its first four days, with shifts that start at two times."""
    problem, _ = small_case(seed)
    grid = problem.grid.model_copy(update={"days": min(4, problem.grid.days)})
    grid = type(grid)(**grid.model_dump())  # so that what was computed for seven days is forgotten
    templates = tuple(
        template.model_copy(
            update={
                "latest_start": template.earliest_start + 120,
                "start_step": 120,
                "max_length": template.min_length,
                "breaks": (),
            }
        )
        for template in problem.templates[:2]
    )
    agent = problem.agents[0].model_copy(update={"time_off": (), "pins": (), "history": ()})
    facts = {"grid": grid, "templates": templates, "agents": (agent,), "demand": ()}
    return problem.model_copy(update=facts)


def listed(problem: Problem, instance: Instance, limits: tuple[AgentLimit, ...]) -> bool:
    """Whether any of all weeks keeps every limit, by their definitions."""
    options = instance.options
    by_day = [
        [FREE, *np.nonzero(options.start_slot[0, day] != ABSENT)[0].tolist()]
        for day in range(problem.grid.days)
    ]
    random = Random(0)
    for chosen in product(*by_day):
        row = np.array(chosen, np.int32)
        roster = roster_of(instance, snapshot_of_rows(instance, [row], random))
        duties = roster.duties
        if any(one.end > other.start for one, other in pairwise(duties)):
            continue
        if not any(limit.excess(problem, roster) for limit in limits):
            return True
    return False


@pytest.mark.parametrize("kind", KINDS)
def test_cp_sat_and_a_list_of_all_weeks_agree_on_whether_a_legal_one_exists(kind: str) -> None:
    answers = []
    for seed in range(14):
        problem, random = one_agent(seed), Random(seed)
        name = problem.agents[0].name
        others = [random_limit(problem, name, random.choice(KINDS), random) for _ in range(2)]
        limits = (*(random_limit(problem, name, kind, random) for _ in range(2)), *others)
        demanded = Demanded(demanded=limits)
        instance = compile_instance(problem, RuleBook(rules=(OneShiftADay(), demanded)))
        exists = listed(problem, instance, limits)
        assert legal_week(instance) is (LegalWeek.EXISTS if exists else LegalWeek.EXCLUDED), (seed, limits)
        answers.append(exists)
    # both answers are tried
    assert 1 <= sum(answers) <= 13


def contradicting(*more: Rule) -> RuleBook:
    return RuleBook(rules=(*tiny_rules().rules, *more))


def test_an_agent_that_cannot_keep_two_rules_is_named_with_just_these() -> None:
    problem = tiny_problem(("Ada", "Bo", "Cy"))
    # Bo must work both of the two days, and nobody may work two days in a row.
    both = Demanded(label="both days", demanded=(both_days_of("Bo"),))
    rules = contradicting(both, MaxConsecutiveDays(days=1), DaysPerWeek(at_most=5), rule("pins"))
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, rules, stop=ONE_ROUND, workers=1)
    (reason,) = caught.value.reasons
    named = '"both days", "max_consecutive_days"'
    assert reason.startswith(f"Bo has no legal week: {named} cannot be kept together.")
    assert (
        'If "max_consecutive_days" gives way, Bo works 2 days in a row, 2026-01-05 to 2026-01-06; '
        "the rule allows at most 1." in reason
    )
    assert "days_per_week" not in reason and "pins" not in reason and "Ada" not in reason


def both_days_of(agent: str) -> Total:
    return Total(agent, Worked(), on=(0, 1), at_least=2)


def test_without_any_one_of_the_named_rules_there_is_a_roster() -> None:
    problem = tiny_problem(("Ada", "Bo"))
    both = Demanded(label="both days", demanded=(both_days_of("Bo"),))
    apart = MaxConsecutiveDays(days=1)
    for rules in (contradicting(both), contradicting(apart)):
        assert search(problem, rules, stop=ONE_ROUND, workers=1).roster is not None
    wish = apart.model_copy(update={"strength": Strength.PREFER, "price": 100})
    assert search(problem, contradicting(both, wish), stop=ONE_ROUND, workers=1).roster is not None
    end = search(problem, contradicting(both, apart), stop=ONE_ROUND, workers=1)
    assert (end.status, end.roster, end.cost) == (Status.INFEASIBLE, None, None)
    assert end.stopped_by == "no legal roster exists"


def test_a_pin_that_a_rule_forbids_is_a_contradiction_of_the_two() -> None:
    off = Pin(day=datetime(2026, 1, 5).date(), off=True)
    problem = tiny_problem(("Ada",))
    ada = problem.agents[0].model_copy(update={"pins": (off,)})
    problem = problem.model_copy(update={"agents": (ada,)})
    both = Demanded(label="both days", demanded=(both_days_of("Ada"),))
    with pytest.raises(Contradiction, match='Ada has no legal week: "both days", "pins" cannot be kept'):
        planning.solve(problem, contradicting(both, Pins()), stop=ONE_ROUND, workers=1)


def test_many_stuck_agents_are_counted_and_not_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    own = diagnosis._contradicting

    def once(instance: Instance, agent: Agent, *more: Any) -> Any:
        looked_at.append(agent.name)
        return own(instance, agent, *more)

    monkeypatch.setattr(diagnosis, "_contradicting", once)
    names = tuple(f"agent {i:02d}" for i in range(13))
    problem = tiny_problem(names)
    both = Demanded(label="both", demanded=tuple(both_days_of(name) for name in names))
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, contradicting(both, MaxConsecutiveDays(days=1)), stop=ONE_ROUND, workers=1)
    # Ten by name, in one sentence as it is the same for all, and the other three by number.
    together, others = caught.value.reasons
    assert together.startswith(f"{', '.join(names[:10])} have no legal week:")
    assert others == "and 3 more agents like them"
    # Each had a deletion filter of its own, so that half a year took many times the time limit.
    assert looked_at == ["agent 00"]


def test_only_the_first_person_is_looked_at_beyond_the_time_of_the_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagnosis, "POLICY", dataclasses.replace(diagnosis.POLICY, grace_seconds=-1.0))
    problem = tiny_problem(("Ada", "Bo"))
    book = contradicting(
        Demanded(label="both", demanded=(both_days_of("Ada"), both_days_of("Bo"))), MaxConsecutiveDays(days=1)
    )
    lagrangian = Lagrangian(instance := compile_instance(problem, book), WeekAutomata.of(instance))
    (first, others), likely = diagnosis.reasons_for_agents(lagrangian, [0, 1], -5.0)
    assert first.startswith("Ada has no legal week") and others == "and 1 more agent like them"
    assert likely == ()
    # The first one's rules were told apart whatever the time was: half a year took 36 s of 10.
    assert "Fewer of them may be enough for that; there was no time to leave out the others. Change" in first


def test_what_there_is_no_time_to_confirm_is_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    # half a year whose owed hours cannot be met ended without a word: the second opinion took all of its 20 s
    monkeypatch.setattr(diagnosis, "legal_week", lambda instance, **more: LegalWeek.UNDECIDED)
    both = Demanded(label="both days", demanded=(both_days_of("Ada"),))
    with pytest.raises(NothingFound) as caught:
        planning.solve(
            tiny_problem(), contradicting(both, MaxConsecutiveDays(days=1)), stop=ONE_ROUND, workers=1
        )
    said = 'Ada seems to have no legal week, by "both days", "max_consecutive_days"; a longer time limit '
    assert caught.value.reasons == (f"{said}may prove it.",)


def test_a_floor_above_everybody_names_skill_and_interval() -> None:
    problem = tiny_problem(("Ada", "Bo"))
    # three are needed from 10:00 to 11:00 on the second day, and there are two
    minimum = tuple(3 * int(interval == 24 + 10) for interval in range(48))
    demand = problem.demand[0].model_copy(update={"minimum": minimum})
    problem = problem.model_copy(update={"demand": (demand,)})
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, contradicting(MinimumStaff()), stop=ONE_ROUND, workers=1)
    (reason,) = caught.value.reasons
    assert "minimum_staff" in reason and '3 agents must be on "English" at 2026-01-06 10:00' in reason
    assert "but only 2 have the skill" in reason


def two_people_wanted_as(**required: tuple[int, int]) -> Problem:
    """Two days of the shift "day" at 09:00 and "late" at 17:00 for Ada and Bo; only Ada knows French too."""
    problem = tiny_problem(("Ada", "Bo"))
    late = problem.templates[0].model_copy(
        update={"name": "late", "earliest_start": 1020, "latest_start": 1020}
    )
    contract = problem.contracts[0].model_copy(update={"templates": ("day", "late")})
    ada = problem.agents[0].model_copy(update={"skills": ("English", "French")})
    headcounts = tuple(
        Headcount(template=name.split("_")[0], skill="French" if "_" in name else None, required=numbers)
        for name, numbers in required.items()
    )
    facts = {
        "templates": (problem.templates[0], late),
        "contracts": (contract,),
        "skills": (*problem.skills, Skill(name="French")),
        "agents": (ada, problem.agents[1]),
        "headcounts": headcounts,
    }
    return problem.model_copy(update=facts)


def test_a_headcount_above_everybody_who_counts_names_row_and_day() -> None:
    problem = two_people_wanted_as(day_in_french=(1, 2))
    with pytest.raises(Contradiction) as caught:
        planning.solve(
            problem, contradicting(ShiftRequirement(strength=Strength.MUST)), stop=ONE_ROUND, workers=1
        )
    (reason,) = caught.value.reasons
    said = '2 people must work "day, French" on 2026-01-06, but only 1 can count there. '
    said += 'Set Headcounts ("shift_requirement") to 1 or less, or let more people count there.'
    assert reason == f'"shift_requirement": {said}'


def test_headcounts_that_together_want_more_people_than_there_are_are_a_contradiction() -> None:
    # Each alone can be met. Together they want three people on the first day, and nobody works twice a day.
    problem = two_people_wanted_as(day=(2, 0), late=(1, 1))
    must = ShiftRequirement(strength=Strength.MUST)
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, contradicting(must), stop=ONE_ROUND, workers=1)
    (reason,) = caught.value.reasons
    assert reason.startswith('"shift_requirement": every roster lacks at least 1 ')
    assert '"day" on 2026-01-05' in reason and '"late" on 2026-01-05' in reason
    assert "2026-01-06" not in reason
    fewer = two_people_wanted_as(day=(1, 0), late=(1, 1))
    for possible, rules in ((fewer, contradicting(must)), (problem, contradicting(ShiftRequirement()))):
        assert search(possible, rules, stop=ONE_ROUND, workers=1).roster is not None


def test_a_day_that_can_be_met_is_not_named_beside_the_one_that_cannot() -> None:
    # 06j: 02:30 does not exist on 29 March, so that nobody can start then; the 28th was named too.
    problem = night(date(2026, 3, 28), 2, headcount=(1, 1)).model_copy(update={"demand": ()})
    must = contradicting(ShiftRequirement(strength=Strength.MUST))
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, must, stop=ONE_ROUND, workers=1)
    assert caught.value.reasons == (
        '"shift_requirement": every roster lacks at least 1 person of what must be there. It hurts '
        'most on "Early" on '
        '2026-03-29. Change Headcounts ("shift_requirement") there, or plan with more people.',
    )


def test_hours_that_can_be_met_are_not_named_beside_those_that_cannot() -> None:
    # Two are there from 09:00 to 17:00 on both days; on the second one somebody must be there at 06:00, too.
    problem = tiny_problem(("Ada", "Bo"))
    minimum = tuple(2 * int(9 <= hour % 24 < 17) + int(hour == 30) for hour in range(48))
    demand = problem.demand[0].model_copy(update={"minimum": minimum})
    problem = problem.model_copy(update={"demand": (demand,)})
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, contradicting(MinimumStaff()), stop=ONE_ROUND, workers=1)
    (reason,) = caught.value.reasons
    assert reason == (
        '"minimum_staff": 1 agent must be on "English" Tue 2026-01-06 06:00 to 07:00, but nobody can come. '
        'Set the minimum on Demand ("minimum_staff") to 0 there, or plan with more people.'
    )


def test_what_cp_sat_does_not_confirm_is_not_called_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "legal_week", lambda instance, **more: LegalWeek.EXISTS)
    both = Demanded(label="both days", demanded=(both_days_of("Ada"),))
    with pytest.raises(NothingFound):
        planning.solve(
            tiny_problem(), contradicting(both, MaxConsecutiveDays(days=1)), stop=ONE_ROUND, workers=1
        )


def test_a_proof_that_the_verifier_does_not_confirm_is_not_called_a_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A second programme had to agree, which took 30 s where the limit was 3: the proof was thrown away, and
    # nobody had looked for a roster meanwhile.
    problem = two_people_wanted_as(day=(2, 0), late=(1, 1))
    rules = contradicting(ShiftRequirement(strength=Strength.MUST))
    found = search(problem, rules, stop=ONE_ROUND, workers=1)
    assert found.status is Status.INFEASIBLE and found.proof is not None
    proof = found.proof
    assert recompute_bound(proof.problem, proof.rules, proof.certificate) == proof.certificate.bound > 0
    free = {row: (0,) * len(prices) for row, prices in proof.certificate.headcount_prices.items()}
    nothing = proof.certificate.model_copy(update={"headcount_prices": free})
    forged = dataclasses.replace(found, proof=dataclasses.replace(proof, certificate=nothing))
    monkeypatch.setattr("scheduler.engine.search", lambda *args, **more: forged)
    with pytest.raises(NothingFound):
        planning.solve(problem, rules, stop=ONE_ROUND, workers=1)


def test_what_only_whole_people_rule_out_is_proven_by_crews() -> None:
    # A minimum of one at all times of two days, a break of half an hour, three people of one day each. One
    # and a bit would do each day, but of whole people it takes two, and four there are not.
    lunch = Break(name="lunch", length_minutes=30, earliest_start=180, latest_start=240, step_minutes=30)
    problem = tiny_problem(("Ada", "Bo", "Cy"))
    template = problem.templates[0].model_copy(update={"breaks": (BreakBand(breaks=(lunch,)),)})
    demand = problem.demand[0].model_copy(update={"minimum": problem.demand[0].required})
    problem = problem.model_copy(update={"templates": (template,), "demand": (demand,)})
    rules = contradicting(MinimumStaff(), DaysPerWeek(at_most=1))
    with pytest.raises(Contradiction) as caught:
        planning.solve(problem, rules, stop=ONE_ROUND, workers=1)
    (reason,) = caught.value.reasons
    assert reason.startswith('"minimum_staff": every roster lacks at least ')
    assert "Mon 2026-01-05 09:00 to 17:00" in reason and "Tue 2026-01-06 09:00 to 17:00" in reason
    # how many could come was left to be found out: an interval alone was never the trouble
    assert (
        'Mon 2026-01-05 11:00 asks for 1 on "English": 3 have the skill, and 3 of them have a shift then and '
        "are not away. On all of that day 8.0 agent-hours must be there, and their longest shifts are 24.0 "
        "paid hours."
    ) in reason
    four = problem.model_copy(update={"agents": (*problem.agents, named(problem.agents[0], "Di"))})
    assert planning.solve(four, rules, stop=ONE_ROUND, workers=1).roster is not None


def test_more_people_than_seats_where_no_minimum_is_wanted_are_a_contradiction() -> None:
    # What is there already is too much, and nothing is too little: a list of minima without any ended the
    # search with a ValueError.
    problem = tiny_problem(("Ada",))
    pinned = problem.agents[0].model_copy(update={"pins": (Pin(day=date(2026, 1, 5), template="day"),)})
    demand = problem.demand[0].model_copy(update={"maximum": (0,) * 48})
    problem = problem.model_copy(update={"agents": (pinned,), "demand": (demand,)})
    with pytest.raises(Contradiction, match='"seats": every roster has at least'):
        planning.solve(problem, contradicting(Pins(), Seats()), stop=ONE_ROUND, workers=1)


def named(agent: Agent, name: str) -> Agent:
    return agent.model_copy(update={"name": name})


def test_superfluous_people_at_a_price_prove_no_contradiction() -> None:
    # What is only priced must not count in a proof that nothing is legal: there it has no price.
    problem = two_people_wanted_as(day=(2, 0), late=(1, 1))
    dear = tuple(
        row.model_copy(update={"superfluous_price": 9_999, "further_superfluous_prices": (99_999,)})
        for row in problem.headcounts
    )
    free = problem.model_copy(update={"headcounts": dear}).unpriced()
    assert not any(row.superfluous_prices != (0,) or row.missing_prices != (0,) for row in free.headcounts)
    assert {skill.missing_price + skill.superfluous_price for skill in free.skills} == {0}


@pytest.mark.parametrize("seed", [7, 12, 41, 94, 97])
def test_small_cases_that_are_called_infeasible_name_an_agent_without_a_legal_week(seed: int) -> None:
    problem, rules = small_case(seed)
    end = search(problem, rules, stop=ONE_ROUND, workers=1)
    assert end.status is Status.INFEASIBLE
    for reason in end.reasons:
        name = reason.split(" has no legal week")[0]
        alone = problem.model_copy(update={"agents": (problem.agent_named[name],)})
        instance = compile_instance(alone, rules)
        menus = [[FREE, *np.nonzero(instance.menus[0, day])[0].tolist()] for day in range(problem.grid.days)]
        # a sample of the agent's weeks: all of them break something hard
        random = Random(seed)
        for _ in range(400):
            row = np.array([random.choice(menu) for menu in menus], np.int32)
            assert own_cost(instance, 0, row)[1] > 0
