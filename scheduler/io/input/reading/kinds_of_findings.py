"""Many findings of one kind as one line: a formula pasted down a column is one mistake, not a thousand."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from openpyxl.utils.cell import coordinate_from_string

from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted, listed
from scheduler.texts import text

_MOST_OF_A_KIND = 5
"""So many findings of one kind in one column are still told one by one."""
_SHOWN = 12
_NUMBERS = r"[\d][\d.,:-]*"
_VARYING = re.compile(rf'^[^:"]{{1,80}}: |"[^"]*"|{_NUMBERS}')
"""What differs among sentences of one kind: whom they are about, names in quotes, numbers and dates."""


def one_line_a_kind(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, many of one kind as one with their range and how many they are."""
    of_kind: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        of_kind.setdefault(_kind(finding), []).append(finding)
    for several in of_kind.values():
        if len(several) <= _MOST_OF_A_KIND:
            yield from several
        else:
            yield _together(several)


def _kind(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    if place.sheet is None:
        where: object = tuple("#" if isinstance(part, int) else part for part in place.path)
    else:
        where = place.sheet, place.cell and coordinate_from_string(place.cell.split(":")[0])[0]
    hint = re.sub(_NUMBERS, "#", finding.hint)
    return where, finding.severity, _VARYING.sub("#", finding.message), hint


def _together(several: list[Finding]) -> Finding:
    first, places = several[0], [finding.place for finding in several]
    cells = list(dict.fromkeys(place.cell for place in places if place.cell))
    number = len(several)
    if len(cells) == 1 and all(place.cell for place in places):  # a row of weekdays stands for several days
        message = text(
            "{message} There are {number} of this kind here.", message=first.message, number=number
        )
        return first.model_copy(update={"message": message})
    if not all(place.cell for place in places):
        others = listed([str(place) for place in places[1:]], _SHOWN)
        message = text(
            "{message} So {places}: {others}.",
            message=first.message,
            places=counted(number, "place"),
            others=others,
        )
        return first.model_copy(update={"message": message})
    ends = [cell.split(":") for cell in cells]
    rows = [(coordinate_from_string(one[0])[1], coordinate_from_string(one[-1])[1]) for one in ends]
    whole = all(later[0] <= earlier[1] + 1 for earlier, later in pairwise(rows))
    message = (
        text(
            "{message} So in all {cells} of this range.",
            message=first.message,
            cells=counted(len(cells), "cell"),
        )
        if whole
        else text(
            "{message} So in {cells} of this range: {shown}.",
            message=first.message,
            cells=counted(len(cells), "cell"),
            shown=listed(cells, _SHOWN),
        )
    )
    last = max((end[-1] for end in ends), key=lambda cell: coordinate_from_string(cell)[1])
    place = first.place.model_copy(update={"cell": f"{ends[0][0]}:{last}"})
    return first.model_copy(update={"place": place, "message": message})
