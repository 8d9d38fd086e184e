"""What planners write that no sheet has a place for, and what to write instead of it today."""

from collections.abc import Mapping
from types import MappingProxyType

from scheduler.domain.values.spelling import likeness
from scheduler.texts import marked

_TRAINING = marked(
    'A training or meeting is a row on Availability of the kind "time off", with Day, From, To and its Paid '
    "hours: they count as the agent's hours, and no shift is planned across them. For a shift on the rest of "
    "the day, let Shifts and Contracts have one that is short enough."
)
_HOLIDAY = marked(
    'For somebody who has the day off write "time off" with its Paid hours; on a day that is closed for all, '
    "leave out the rows of Demand."
)
_TRAININGS = (
    *("training", "trainings", "course", "courses", "meeting", "meetings", "team meeting", "team meetings"),
    *(
        "coaching",
        "workshop",
        "workshops",
        "seminar",
        "seminars",
        "briefing",
        "briefings",
        "1:1",
        "onboarding",
    ),
    *("schulung", "schulungen", "fortbildung", "besprechung", "besprechungen", "teammeeting"),
    *("培训", "培訓", "会议", "會議", "例会"),
)
_HOLIDAYS = ("public holiday", "public holidays", "bank holiday", "bank holidays", "feiertag", "公众假期")
ADVICE: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(map(likeness, _TRAININGS), _TRAINING) | dict.fromkeys(map(likeness, _HOLIDAYS), _HOLIDAY)
)
"""By the word as a sheet or a kind of row is called, what to write instead."""
