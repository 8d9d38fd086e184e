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
    'For who has the day off write "time off" with its Paid hours, in one row where everyone stands under '
    "Agent; a row on Demand with the date, no Start and 0 closes the day."
)
_LEAVE = marked(
    'Leave is a row on Availability of the kind "time off", with its Paid hours; clear this cell.'
)
_SICK = marked(
    'A sick call is a row on Availability of the kind "sick", which cancels what is fixed; clear this cell.'
)
_OFF = marked("For a fixed day off write yes under Day off, and leave Shift, Start and Length blank.")
_RATHER_OFF = marked(
    'For a day that somebody would like to have free leave Shift blank, and write "no" under Wants.'
)
_ANY = marked("Leave Shift blank for any shift.")

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
_OFFS = (
    *("off", "free", "day off", "rest", "rest day", "rdo", "frei", "freier tag", "ruhetag", "ruhe"),
    *("休", "休息"),
)
_LEAVES = (
    *("holiday", "holidays", "vacation", "leave", "annual leave", "time off", "pto", "urlaub", "ferien"),
    *("请假", "年假", "休假"),
)
_SICKS = ("sick", "sick leave", "ill", "illness", "sickness", "krank", "krankheit", "病假")
_ANYS = ("any", "any shift", "all", "every", "egal", "alle", "任意")


def _by_word(advice: Mapping[tuple[str, ...], str]) -> Mapping[str, str]:
    return MappingProxyType({likeness(word): said for words, said in advice.items() for word in words})


OFF_WORDS: Mapping[str, str] = MappingProxyType(dict.fromkeys(map(likeness, _OFFS), "yes"))
"""What says under Day off that the day is off."""
ON_FIXED = _by_word({_OFFS: _OFF, _LEAVES: _LEAVE, _SICKS: _SICK, _TRAININGS: _TRAINING, _HOLIDAYS: _HOLIDAY})
ON_WISHES = _by_word(
    {
        _OFFS: _RATHER_OFF,
        _ANYS: _ANY,
        _LEAVES: _LEAVE,
        _SICKS: _SICK,
        _TRAININGS: _TRAINING,
        _HOLIDAYS: _HOLIDAY,
    }
)
"""By a word that stands under Shift or Day off and is no shift, what to write instead."""
ADVICE: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(map(likeness, _TRAININGS), _TRAINING) | dict.fromkeys(map(likeness, _HOLIDAYS), _HOLIDAY)
)
"""By the word as a sheet or a kind of row is called, what to write instead."""
