"""An input as a folder of CSV files with the headings of the sheets: the same reader, the same findings.

Files are called after the sheets (``Agents.csv``, or in Chinese); a finding's cell is that of the file as a
spreadsheet shows it. The files of a result may lie beside them.
"""

from pathlib import Path

from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.values.spelling import likeness
from scheduler.io.cells.columns import Sheet, normalised
from scheduler.io.files.csv_file import CSV, read_csv
from scheduler.io.files.limits import SHEETS as MOST_FILES
from scheduler.io.files.limits import NotRead, beyond
from scheduler.io.files.sheet_pass import Counted
from scheduler.io.files.streams import unopened
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.reading.unread_sheets import titles_of
from scheduler.io.input.sheets import RULES, SETTING, SETTINGS, SHEETS, VALUE
from scheduler.io.input.sheets.tables import RESULT_TABLES
from scheduler.io.input.workbook_reader import read_sheets
from scheduler.model.rules.rule import Rule
from scheduler.texts import text

_OF_RESULTS = frozenset(map(likeness, RESULT_TABLES.values()))


def read_folder(path: Path, catalogue: tuple[type[Rule], ...]) -> Reading:
    """Read an input from a folder; bad content becomes findings and never raises."""
    try:
        folder = _Folder(path)
    except (NotRead, OSError) as error:
        refused = error if isinstance(error, NotRead) else unopened(error)
        return Reading(None, None, (refused.about(path),))
    if folder.faults:
        return Reading(None, None, tuple(folder.faults))
    reading = read_sheets(folder, catalogue)
    return reading.placed(folder.place_of, folder.warnings)


class _Folder:
    """The files of a folder as sheets."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.faults: list[Finding] = []
        self.warnings: list[Finding] = []
        self._files: dict[str, Path] = {}
        self._filled: set[str] = set()
        others = []
        for file in sorted(path.iterdir()):
            if file.name.startswith(".") or not file.is_file():
                continue
            if file.suffix.lower() != CSV:
                others.append(file)
            elif likeness(file.stem) not in _OF_RESULTS:
                self._files[file.stem] = file
                if file.stat().st_size:
                    self._filled.add(file.stem)
        if len(self._files) > MOST_FILES:
            raise beyond(text("CSV files in this folder"), MOST_FILES, text("Keep those of one week."))
        if not self._files:
            names = ", ".join(f"{sheet.title}{CSV}" for sheet in SHEETS if sheet.needed)
            raise NotRead(
                text("there is no CSV file of an input in this folder."),
                text("It has a file a sheet: {names} and so on.", names=names),
            )
        self.titles = tuple(self._files)
        self.hidden: frozenset[str] = frozenset()
        self.charts: tuple[str, ...] = ()
        self._raw: dict[str, RawSheet] = {}
        counted = Counted()
        for sheet in SHEETS:
            for title in titles_of(sheet, self.titles):
                self._read(sheet, title, counted)
            for file in others:
                if titles_of(sheet, (file.stem,)):
                    self._tell_other(file)

    def _read(self, sheet: Sheet, title: str, counted: Counted) -> None:
        file = self._files[title]
        known = {spelling for column in sheet.columns for spelling in column.spellings}
        if sheet in (RULES, SETTINGS):
            known |= {
                normalised(f"{word}{number}") for word in (*SETTING, *VALUE) for number in ("", 1, 2, 3)
            }
        try:
            self._raw[title] = read_csv(file, title, lambda cell: normalised(cell) in known, counted)
        except (NotRead, OSError) as error:
            refused = error if isinstance(error, NotRead) else unopened(error)
            self.faults.append(refused.about(file))

    def _tell_other(self, file: Path) -> None:
        self.warnings.append(
            Finding(
                place=Place(path=(str(file),)),
                message=text("this file is not read: in a folder only CSV files are."),
                hint=text("Save it as CSV, or move it elsewhere."),
                severity=Severity.WARNING,
            )
        )

    def sheet(self, title: str) -> RawSheet:
        return self._raw[title]

    def is_filled(self, title: str) -> bool:
        return title in self._filled

    def place_of(self, place: Place) -> Place:
        """The same cell, of the file."""
        file = self._files.get(place.sheet or "")
        name = file.name if file else place.sheet and f"{place.sheet}{CSV}"
        return place.model_copy(update={"sheet": name})
