"""What is wrong with an input, and where: all of it at once, in words for the person who typed it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum

from rapidfuzz import fuzz, process

from scheduler.domain.values.docstrings import documented
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.spelling import alike, unseen_signs
from scheduler.domain.values.words import listed
from scheduler.texts import text

MOST_FINDINGS = 1_000
"""Most findings per sheet or part of a document; nobody reads more, and they cost time and memory."""
_MOST_SHOWN = 12
"""Names of a sheet that are listed, and names of a list that is written out as it is meant."""
_MOST_GUESSES = 100
"""Unknown names of which the nearest one is looked for; each search takes longer the more names there are."""


@documented
class Severity(StrEnum):
    """An error stops the planning; a warning is planned with and shown."""

    ERROR = "error"
    WARNING = "warning"


class Place(Frozen):
    """Where a finding is: a sheet and cell of a workbook, or the path in a JSON file.

    ``path`` names the fact in the problem (``("agents", 3, "skills", 0)``) or in the rule book
    (``("rules", 5, "scope")``); the workbook reader adds the sheet and the cell it came from.
    """

    path: tuple[str | int, ...] = ()
    sheet: str | None = None
    cell: str | None = None

    @classmethod
    def of_cell(cls, cell: str) -> "Place":
        """The place that is called ``Roster!E7``; of a document, what stands there."""
        sheet, _, inside = cell.rpartition("!")
        return cls(sheet=sheet, cell=inside) if sheet else cls(path=tuple(cell.split(".")))

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return ".".join(str(part) for part in self.path) or "input"

    @property
    def in_words(self) -> str:
        """The place inside a sentence, where ``Demand!E1`` is not understood by everybody."""
        if self.sheet and self.cell:
            return text("cell {cell} of the sheet {sheet}", cell=self.cell, sheet=self.sheet)
        return str(self)


class Finding(Frozen):
    """One thing that is wrong: where, what, and what would be right.

    Parameters
    ----------
    place
        The place of the fault.
    message
        What is wrong, as a sentence with the value in it.
    hint
        What would be right; empty if the message says it.
    severity
        Whether it stops the planning.
    beside
        The other place, where two contradict each other.
    also
        More places of the same fault; in a workbook they become a range with the first one.
    """

    place: Place = Place()
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    beside: Place | None = None
    also: tuple[Place, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether it stops the planning."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        line = f"{self.place}  {self.message}"
        return f"{line} {self.hint}" if self.hint else line


def did_you_mean(
    written: str,
    known: Iterable[str],
    least_likeness: int = 70,
    *,
    compared: Callable[[str], str] | None = None,
    what: str = "",
) -> str:
    """The question with the nearest known name and a space behind it; empty where none is near.

    Parameters
    ----------
    least_likeness
        Percent; how near a name must be, as rapidfuzz's weighted ratio says.
    compared
        The form of names in which they are compared.
    what
        What the name is of, with an article.

    >>> did_you_mean("Engish", ["English", "French"]), did_you_mean("Welsh", ["French"])
    ('Did you mean "English"? ', '')
    """
    found = process.extractOne(written, list(known), score_cutoff=least_likeness, processor=compared)
    return _meant(found[0], what) if found else ""


def did_you_mean_by_another_name(written: str, called: Mapping[str, str], least_likeness: int = 70) -> str:
    """The question with the name that is called most like what is written, as :func:`did_you_mean` asks it.

    Words are compared whole: a part of a word is like any name of two letters.

    Parameters
    ----------
    called
        The name behind each word that it is called by, in lower case.

    >>> did_you_mean_by_another_name("Germny", {"de": "de", "germany": "de"})
    'Did you mean "de"? '
    """
    found = process.extractOne(
        written.casefold(), list(called), scorer=fuzz.ratio, score_cutoff=least_likeness
    )
    return _meant(called[found[0]]) if found else ""


def _meant(name: str, what: str = "") -> str:
    """The question with a space behind it."""
    question = (
        text('Did you mean {what} "{name}"?', what=what, name=name)
        if what
        else text('Did you mean "{name}"?', name=name)
    )
    return f"{question} "


def unknown_name(
    kind: str, name: str, known: Iterable[str], sheet: str, within: Collection[str] = ()
) -> tuple[str, str]:
    """Message and hint for a name that is not on its sheet, see :meth:`NamesOnSheet.unknown`.

    >>> unknown_name("skill", "Engish", ["English", "French"], "Skills")
    ('skill "Engish" is not on the Skills sheet.', 'Did you mean "English"? Known: English, French.')
    """
    return NamesOnSheet(kind, known, sheet).unknown(name, within)


class NamesOnSheet:
    """The names on a sheet, and what is said of others, which may be many.

    Parameters
    ----------
    kind
        What has these names.
    """

    def __init__(self, kind: str, known: Iterable[str], sheet: str) -> None:
        self.kind, self.sheet = kind, sheet
        self._names = dict.fromkeys(known)
        self._shown = listed(list(self._names), _MOST_SHOWN)
        self._guesses_left = _MOST_GUESSES

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __bool__(self) -> bool:
        return bool(self._names)

    def unknown(self, name: str, within: Collection[str] = ()) -> tuple[str, str]:
        """Message and hint for a name that is not among them.

        Of the first hundred the nearest name is looked for, which takes longer the more there are.

        Parameters
        ----------
        within
            The whole list of which it is one name, where a cell holds a list: its other names stay.
        """
        message = text(
            '{kind} "{name}" is not on the {sheet} sheet.', kind=self.kind, name=name, sheet=self.sheet
        )
        guess = ""
        if self._guesses_left > 0:
            self._guesses_left -= 1
            guess = self._guess(name, within if len(within) <= _MOST_SHOWN else ())
        return message, text("{guess}Known: {known}.", guess=guess, known=self._shown or text("none"))

    def _guess(self, name: str, within: Collection[str]) -> str:
        names = list(self._names)
        same = alike(name, names)
        near = same or (process.extractOne(name, names) or [""])[0]
        guess = did_you_mean(name, [near], 0 if same else 70) if near else ""
        whole = dict.fromkeys(near if one == name else one for one in within)
        if guess and len(whole) > 1:
            meant = ", ".join(whole)
            guess = text('Did you mean "{near}"? The whole list is then {meant}. ', near=near, meant=meant)
        unseen = unseen_signs(name + (same or ""))
        if same and unseen:
            guess += text("The two differ in signs that are not seen ({unseen}). ", unseen=unseen)
        return guess
