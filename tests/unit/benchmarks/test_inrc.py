"""The competition's wards are read so that staffcurve's cost is what is unmet of the wishes."""

from scheduler.model import Strength
from tests.benchmarks import inrc

WARD = """<SchedulingPeriod><StartDate>2010-01-01</StartDate><EndDate>2010-01-07</EndDate>
<ShiftTypes><Shift ID="E"/><Shift ID="L"/></ShiftTypes>
<Patterns>
<Pattern ID="0" weight="3"><PatternEntries><PatternEntry><ShiftType>L</ShiftType><Day>Any</Day></PatternEntry>
<PatternEntry><ShiftType>E</ShiftType><Day>Any</Day></PatternEntry></PatternEntries></Pattern>
<Pattern ID="1" weight="1"><PatternEntries><PatternEntry><ShiftType>None</ShiftType><Day>Friday</Day>
</PatternEntry><PatternEntry><ShiftType>Any</ShiftType><Day>Saturday</Day></PatternEntry></PatternEntries></Pattern>
</Patterns>
<Contracts><Contract ID="0"><WeekendDefinition>SaturdaySunday</WeekendDefinition>
<MaxNumAssignments on="1" weight="2">4</MaxNumAssignments>
<MaxConsecutiveWorkingWeekends on="0" weight="0">2</MaxConsecutiveWorkingWeekends>
<CompleteWeekends weight="1">true</CompleteWeekends>
<IdenticalShiftTypesDuringWeekend weight="1">true</IdenticalShiftTypesDuringWeekend>
<UnwantedPatterns><Pattern>0</Pattern><Pattern>1</Pattern></UnwantedPatterns></Contract></Contracts>
<Employees><Employee ID="7"><ContractID>0</ContractID></Employee></Employees>
<CoverRequirements><DayOfWeekCover><Day>Saturday</Day>
<Cover><Shift>E</Shift><Preferred>1</Preferred></Cover></DayOfWeekCover></CoverRequirements>
<DayOffRequests><DayOff weight="5"><EmployeeID>7</EmployeeID><Date>2010-01-03</Date></DayOff></DayOffRequests>
</SchedulingPeriod>"""


def test_a_ward_is_read_with_its_weights() -> None:
    case = inrc.case_from(WARD, "inrc-sprint99", head_price=20)
    (early,), (nurse,) = case.problem.headcounts, case.problem.agents
    assert early.required == (0, 1, 0, 0, 0, 0, 0)  # 1 January 2010 was a Friday
    assert early.missing_price == early.superfluous_price == 2000
    (wish,) = nurse.shift_wishes
    assert (wish.template, wish.wanted, wish.price) == (None, False, 500)
    prices = {rule.name: rule.price for rule in case.rules.rules if rule.name.startswith("contract")}
    assert prices == {
        "contract 0: MaxNumAssignments": 200,
        "contract 0: CompleteWeekends": 100,
        "contract 0: another shift than E on 2010-01-03": 100,
        "contract 0: another shift than L on 2010-01-03": 100,
        "contract 0: L before E": 300,
    }


def test_heads_are_a_must_where_that_is_asked_for() -> None:
    requirement = inrc.case_from(WARD, "inrc-sprint99-must", is_must=True).rules.rules[0]
    assert requirement.strength is Strength.MUST
    assert inrc.said_by("inrc-sprint_late01-must")["must"] == "-must"


def test_every_rule_of_the_set_is_said_where_that_is_asked_for() -> None:
    rules = inrc.case_from(WARD, "inrc-sprint99-whole", is_whole=True).rules.rules
    said = {rule.name.removeprefix("contract 0: "): (rule.sentence, rule.price) for rule in rules[3:]}
    assert said == {
        "MaxNumAssignments": ("Everyone works at most 4 days in all.", 200),
        "CompleteWeekends": ("Weekends: all days or none.", 100),
        "IdenticalShiftTypesDuringWeekend": ("Weekends: one shift on all days.", 100),
        "L, E": ("Nobody works on days in a row: L, E.", 300),
        "free Friday, work Saturday": ("Nobody works on days in a row: free Friday, work Saturday.", 100),
    }
    assert inrc.said_by("inrc-sprint01-must-whole")["whole"] == "-whole"


def test_no_night_before_a_free_weekend_is_a_pattern() -> None:
    night = '<Shift ID="N"><StartTime>22:30:00</StartTime><EndTime>06:30:00</EndTime></Shift>'
    early = '<Shift ID="E"><StartTime>06:30:00</StartTime><EndTime>14:30:00</EndTime></Shift>'
    ward = WARD.replace('<Shift ID="E"/><Shift ID="L"/>', early + night).replace(
        "<CompleteWeekends", '<NoNightShiftBeforeFreeWeekend weight="1">true</NoNightShiftBeforeFreeWeekend>'
        "<CompleteWeekends"
    )  # fmt: skip
    rules = inrc.case_from(ward, "inrc-sprint99-whole", is_whole=True).rules
    rule = rules.named["contract 0: NoNightShiftBeforeFreeWeekend"]
    assert rule.sentence == "Nobody works on days in a row: N Friday, free, free."
