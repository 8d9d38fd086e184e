"""Reading the Rules sheet into a rule book, each parameter from its own cell."""

import re
from datetime import date
from typing import Any

from pydantic import ValidationError

from scheduler.domain.findings.finding import did_you_mean
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.parse import Unreadable, is_blank, shown
from scheduler.io.cells.rule_parameters import kinds, named, parameters
from scheduler.io.cells.weekday_names import HOLIDAYS_WORD
from scheduler.io.files.pydantic_words import in_words
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import IN_WORDS, RULE_LIST_TITLE, SETTING, VALUE
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.model.rules.scope import ON_DAYS
from scheduler.texts import text, text_n

_SCOPE = ("agents", "contracts", "teams", "skills", "templates", "first_day", "last_day")
_SCOPE_COLUMN = dict(zip(_SCOPE, _SCOPE, strict=True)) | dict.fromkeys(ON_DAYS, "only_days")
"""For each field of a scope the column that it stands in."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LONGEST_SHOWN = 200
_NUMBERED = re.compile(r"(\D+?)(\d*)")


class RuleReader:
    """Reads one Rules sheet."""

    def __init__(self, rows: SheetRows, catalogue: tuple[type[Rule], ...], notebook: Notebook) -> None:
        self.rows, self.notebook = rows, notebook
        self.title = rows.title
        self.kinds = kinds(catalogue)
        self.in_words: int | None = None
        self.pairs = self._pairs_of_columns()
        self._differing: list[tuple[str, str, str]] = []
        """Cells of the column In words that say something else than their rule: cell, what it says, rule."""

    def read(self) -> RuleBook | None:
        """The rule book; ``None`` where a row of the sheet is wrong."""
        self.rows.tell_extra()
        if self.rows.tell_missing():
            return None
        self.notebook.cells["rules",] = (self.title, cell_name(self.rows.heading_row or 1, 1))
        found: list[Rule] = []
        row_of: dict[str, int] = {}
        whole = True
        for row in self.rows.rows():
            rule = self._rule(row, len(found))
            if rule is None:
                whole = False
                continue
            if rule.name in row_of:
                whole = False
                self.notebook.error(
                    self.title,
                    row.cell("label" if "label" in row.columns else "kind"),
                    text(
                        'the rule "{rule}" stands in row {number} already.',
                        rule=rule.name,
                        number=row_of[rule.name],
                    ),
                    text("Remove one of them, or give each its own label where both are meant."),
                )
                continue
            row_of[rule.name] = row.number
            found.append(rule)
            self._compare_in_words(row, rule)
        self._tell_in_words()
        if whole and not found:
            self.notebook.warning(
                self.title, None, text("there is no rule: nothing but the shifts themselves will be kept.")
            )
        return RuleBook(rules=tuple(found)) if whole else None

    def _pairs_of_columns(self) -> list[tuple[int, int]]:
        """Columns of Setting and Value with the same number; takes them out of the unknown headings."""
        settings: dict[str, int] = {}
        values: dict[str, int] = {}
        for position, heading in list(self.rows.extra.items()):
            spelt = normalised(heading)
            match = _NUMBERED.fullmatch(spelt)
            word, number = (match[1], match[2]) if match else (spelt, "")
            for words, columns in ((SETTING, settings), (VALUE, values)):
                if word in [normalised(one) for one in (*words, "parameter" if words is SETTING else "")]:
                    if number in columns:
                        self.notebook.error(
                            self.title,
                            cell_name(self.rows.heading_row or 1, position + 1),
                            text('the heading "{heading}" stands here twice.', heading=heading),
                            text("Number the pairs: Setting 1, Value 1, Setting 2, Value 2."),
                        )
                    columns.setdefault(number, position)
                    del self.rows.extra[position]
            if spelt in [normalised(one) for one in IN_WORDS]:
                self.in_words = position
                del self.rows.extra[position]
        for number in settings.keys() ^ values.keys():
            self._tell_lonely(number, settings.get(number), values.get(number))
        return [(settings[number], values[number]) for number in settings if number in values]

    def _compare_in_words(self, row: Row, rule: Rule) -> None:
        """Note a row whose numbers In words are others than those of its settings.

        Other words are not compared: they may be the planner's own, or those of another version.
        """
        at = self.in_words
        said = str(row.raw[at] or "").strip() if at is not None and at < len(row.raw) else ""
        numbers, meant = (_NUMBER.findall(sentence) for sentence in (said, rule.sentence))
        if at is not None and len(numbers) == len(meant) and numbers != meant:
            self._differing.append((cell_name(row.number, at + 1), said[:_LONGEST_SHOWN], rule.sentence))

    def _tell_in_words(self) -> None:
        if self._differing:
            cell, said, sentence = self._differing[0]
            self.notebook.warning(
                self.title,
                cell,
                text_n(
                    'In words says "{said}", and the settings of this row say "{sentence}"; only the '
                    "settings count.",
                    'In words and the settings differ in {number} rows; the first says "{said}", and its '
                    'settings say "{sentence}". Only the settings count.',
                    len(self._differing),
                    number=len(self._differing),
                    said=said,
                    sentence=sentence,
                ),
                text("Write the number under Value; In words is not read, and may be cleared."),
            )

    def _tell_lonely(self, number: str, setting: int | None, value: int | None) -> None:
        """Note a filled column of settings that has no column of values, or the other way round."""
        at = setting if value is None else value
        row = self.rows.heading_row or 1
        if at is None or all(len(cells) <= at or is_blank(cells[at]) for cells in self.rows.raw.rows[row:]):
            return
        given, lacking = (SETTING, VALUE) if value is None else (VALUE, SETTING)
        self.notebook.error(
            self.title,
            cell_name(row, at + 1),
            text(
                'the column "{given}" has no column "{lacking}" beside it, and is not read.',
                given=f"{given[0]} {number}".strip(),
                lacking=f"{lacking[0]} {number}".strip(),
            ),
            text("Each pair is headed Setting 1, Value 1, Setting 2, Value 2."),
        )

    def _rule(self, row: Row, index: int) -> Rule | None:
        said = row.values.get("kind")
        if said is None:
            return None
        rule = {normalised(kind): rule for kind, rule in self.kinds.items()}.get(normalised(said))
        if rule is None:
            guess = did_you_mean(said, self.kinds, 60, compared=normalised)
            self.notebook.error(
                self.title,
                row.cell("kind"),
                text('there is no rule "{kind}".', kind=said),
                text(
                    "{guess}The sheet {rule_list_title} shows all of them.",
                    guess=guess,
                    rule_list_title=RULE_LIST_TITLE,
                ),
            )
            return None
        before = len(self.notebook.findings)
        fields, where = self._parameters(row, rule)
        fields |= row.given("label", "strength", "price", "instead_of", "source")
        only = row.given("only_days").get("only_days") or ()
        fields["scope"] = row.given(*_SCOPE) | {
            "weekdays": [one for one in only if isinstance(one, int)],
            "dates": [one for one in only if isinstance(one, date)],
            "holidays": HOLIDAYS_WORD in only,
        }
        path = ("rules", index)
        self.notebook.cells[path] = (self.title, row.cell("kind"))
        for key in ("label", "strength", "price", "instead_of", "source"):
            where[key] = row.cell(key) if key in row.columns else row.cell("kind")
        for key, column in _SCOPE_COLUMN.items():
            if column in row.columns:
                self.notebook.cells[(*path, "scope", key)] = (self.title, row.cell(column))
        for key, cell in where.items():
            self.notebook.cells[(*path, key)] = (self.title, cell)
        if row.unreadable or len(self.notebook.findings) > before:
            return None
        try:
            return rule(**fields)
        except ValidationError as error:
            self._tell(row, rule, error, where)
            return None

    def _parameters(self, row: Row, rule: type[Rule]) -> tuple[dict[str, Any], dict[str, str]]:
        """The values of a row for the rule's parameters, and their cells."""
        fields: dict[str, Any] = {}
        where: dict[str, str] = {}
        own = ", ".join(parameter.title for parameter in parameters(rule)) or "none"
        for setting, value in self.pairs:
            name, given = (row.raw[at] if at < len(row.raw) else None for at in (setting, value))
            name_cell, value_cell = (cell_name(row.number, at + 1) for at in (setting, value))
            if self.rows.is_faulty(row.number, setting, name) or self.rows.is_faulty(
                row.number, value, given
            ):
                continue
            if is_blank(name) and is_blank(given):
                continue
            parameter = None if is_blank(name) else named(rule, str(name))
            if is_blank(name):
                self.notebook.error(
                    self.title,
                    name_cell,
                    text("the value {value} has no setting.", value=shown(given)),
                    text("Settings: {settings}.", settings=own),
                )
            elif parameter is None:
                titles = [parameter.title for parameter in parameters(rule)]
                guess = did_you_mean(str(name), titles, 60, compared=normalised)
                self.notebook.error(
                    self.title,
                    name_cell,
                    text('the rule has no setting "{name}".', name=str(name).strip()),
                    text("{guess}Settings: {settings}.", guess=guess, settings=own),
                )
            elif parameter.key in fields:
                self.notebook.error(
                    self.title, name_cell, text('"{name}" is given twice.', name=parameter.title)
                )
            elif is_blank(given):
                self.notebook.error(
                    self.title,
                    value_cell,
                    text("{name}: this cell is blank.", name=parameter.title),
                    f"{parameter.explanation}.",
                )
            else:
                where[parameter.key] = value_cell
                try:
                    found = parameter.read(given, self.rows.ways)
                    is_of_shifts = parameter.key in rule.template_fields
                    fields[parameter.key] = self.rows.known.spelt("shifts", found) if is_of_shifts else found
                except Unreadable as error:
                    self.notebook.error(
                        self.title, value_cell, f"{parameter.title}: {error.message}", error.hint
                    )
        return fields, where

    def _tell(self, row: Row, rule: type[Rule], error: ValidationError, where: dict[str, str]) -> None:
        for detail in error.errors():
            keys = [str(part) for part in detail["loc"]]
            key = keys[0] if keys else ""
            if detail["type"] == "missing":
                title = key.replace("_", " ")
                self.notebook.error(
                    self.title,
                    row.cell("kind"),
                    text('the rule needs the setting "{title}".', title=title),
                    next((f"{own.explanation}." for own in parameters(rule) if own.key == key), ""),
                )
                continue
            message = in_words(detail)
            if not keys and "price" in message and "price" in row.columns:
                key = "price"
            cell = where.get(key, row.cell("kind"))
            column = _SCOPE_COLUMN.get(keys[1]) if key == "scope" and len(keys) > 1 else None
            if column in row.columns:
                cell = row.cell(column)
            title = f"{key.replace('_', ' ')}: " if keys else ""
            self.notebook.error(self.title, cell, f"{title}{message}")
