"""Texts in another language: what is shown is translated, all of it, and a value is never a placeholder."""

import re
from collections.abc import Iterator
from contextvars import copy_context
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.command_line.main import command_line
from scheduler.command_line.output.terminal import summary
from scheduler.command_line.output.verdict import report_in_words
from scheduler.domain import Stop
from scheduler.domain.values.words import counted
from scheduler.io.input.sheets import SHEETS
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import INPUT_SHEETS, TOLD_MARK
from scheduler.model import RuleBook
from scheduler.texts import marked, text, text_n, translated
from tests.architecture.texts import KEPT
from tests.unit.tiny import rule, tiny_problem, tiny_rules
from tests.workbook.filled_in import all_findings, filled_in
from tests.workbook.sample import small_outcome

GERMAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "skill \\"{skill}\\" has no demand."
msgstr "Für „{skill}“ ist kein Bedarf angegeben."

msgid "day"
msgid_plural "days"
msgstr[0] "Tag"
msgstr[1] "Tage"

msgid "{agent} works on {day}, a day off asked for"
msgstr "{agent} arbeitet am {date}"
"""


class Bracketed(NullTranslations):
    """A translation that shows what is a message: each stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


def german() -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(GERMAN.encode())))
    compiled.seek(0)
    return GNUTranslations(compiled)


def test_a_value_is_never_read_for_placeholders() -> None:
    said = text("{agent} works on {day}", agent="{day} {0} {agent.__class__} {", day="}{")
    assert said == "{day} {0} {agent.__class__} { works on }{"
    assert text("no value, and so {no} placeholder") == "no value, and so {no} placeholder"
    assert counted(2, "{strange} shift") == "2 {strange} shifts"


def test_nothing_stays_nothing() -> None:
    # gettext answers an empty message with the header of its catalogue
    with translated(german()):
        assert text("") == ""


def test_a_translation_is_used_and_ends_with_its_block() -> None:
    message = marked('skill "{skill}" has no demand.')
    with translated(german()):
        assert text(message, skill="French") == "Für „French“ ist kein Bedarf angegeben."
        assert (counted(1, "day"), counted(1200, "day")) == ("1 Tag", "1,200 Tage")
        assert text_n("day", "days", 2) == "Tage"
        assert text("without a translation") == "without a translation"
    assert text(message, skill="French") == 'skill "French" has no demand.'


def test_a_translation_with_a_wrong_placeholder_hides_nothing() -> None:
    # {date} is no name that the message has
    with translated(german()):
        said = text("{agent} works on {day}, a day off asked for", agent="Ada", day="Monday")
    assert said == "Ada works on Monday, a day off asked for"


def test_threads_have_their_own_language_and_may_take_one_along() -> None:
    heard: list[str] = []
    with translated(german()):
        alone = Thread(target=lambda: heard.append(counted(2, "day")))
        along = Thread(target=copy_context().run, args=(lambda: heard.append(counted(2, "day")),))
        for thread in (alone, along):
            thread.start()
            thread.join()
    assert heard == ["2 days", "2 Tage"]


# What follows shows that no sentence is missing: with every message in brackets, nothing is left without.


def left(shown: str, known: frozenset[str] = frozenset()) -> str:
    """What stands outside all brackets and is not known: two blanks between words make a sentence of it."""
    for name in sorted(known, key=len, reverse=True):
        shown = shown.replace(name, "")
    while (bare := re.sub(r"⟦[^⟦⟧]*⟧", "", shown)) != shown:
        shown = bare
    found = re.search(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}[,;:]? [^\W\d_]{2,}", shown)
    return found[0] if found else ""


def names_in(value: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.items() if isinstance(value, dict) else value:
            yield from names_in(one)


def test_what_is_left_is_seen() -> None:
    assert left("⟦all ⟦is⟧ well⟧ and this is not") == "and this is"
    assert left("⟦⟦{⟧ is well⟧ 2 by 3", frozenset({"{"})) == ""


FAULTY = {
    "Agents!B2": "Full tme",
    "Agents!C2": "Engish",
    "Skills!C2": "a lot",
    "Settings!B3": "soon",
    "Settings!B4": -1,
    "Demand!C4": "many",
    "Shifts!C2": "25:70",
    "Breaks!D2": "maybe",
    "Contracts!C2": "99:99:99",
    "Rules!B2": "must be",
    "Rules!A3": "daily_rst",
    "Fixed!B2": "some day",
    "Availability!B2": "2024-02-30",
    "Agents!G2": "Mars",
    "Rules!D4": "1.234.5",
    "Headcounts!A2": "2031-01-01",
    "Wishes!C2": "Erly",
}
"""A cell of nearly every sheet, with what cannot stand there."""


def test_every_finding_of_a_faulty_workbook_is_translated(tmp_path: Path) -> None:
    path = filled_in(tmp_path, FAULTY)
    plain = [str(finding) for finding in all_findings(path)]
    with translated(Bracketed()):
        found = [f"{finding.message} {finding.hint}" for finding in all_findings(path)]
    assert len(found) == len(plain) > 10
    headings = {column.title for sheet in SHEETS for column in sheet.columns}
    known = frozenset({*map(str, FAULTY.values()), *headings})
    assert [said for said in found if left(said, known)] == []
    assert all("⟦" in said for said in found)


@pytest.mark.parametrize(
    "command", [["--help"], ["solve", "--help"], ["solve", "no.xlsx"], ["check", "no.json"]]
)
def test_every_line_of_the_command_line_is_translated(command: list[str]) -> None:
    with translated(Bracketed()):
        done = CliRunner().invoke(command_line, command)
    lines = " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.output).split())
    assert "⟦" in lines
    click = {"Show this message and exit.", "Usage: staffcurve"}
    assert left(lines, frozenset(click)) == ""


def test_every_sentence_of_a_result_is_translated(tmp_path: Path) -> None:
    with translated(Bracketed()):
        problem, rules, outcome = small_outcome()
        lines = [*summary(problem, outcome, [Path("roster.xlsx")]), *report_in_words(problem, outcome.report)]
        planning.write_workbook(tmp_path / "roster.xlsx", problem, rules, outcome)
    known = {*names_in(problem.model_dump(mode="json")), *names_in(rules.model_dump(mode="json"))}
    known |= {
        outcome.stopped_by,
        names.BOUND,
        TOLD_MARK,
        *(one.replace("{}", "") for kept in KEPT.values() for one in kept),
    }
    known |= {f"works {number} days" for number in (1, 2, 3)}  # of a rule that only the tests have
    own = frozenset(one for one in known if len(one) > 3)
    assert [line for line in lines if left(line, own)] == []
    sheets = load_workbook(tmp_path / "roster.xlsx").worksheets
    shown = [
        f"{sheet.title}!{cell.coordinate} {part}"
        for sheet in sheets
        if sheet.title not in INPUT_SHEETS
        for row in sheet.iter_rows()
        for cell in row
        for part in (cell.value, cell.comment.text if cell.comment else None)
        if isinstance(part, str) and left(part, own)
    ]
    assert shown == []


def test_a_new_workbook_explains_itself_in_the_language(tmp_path: Path) -> None:
    with translated(Bracketed()):
        planning.new_workbook(tmp_path / "new.xlsx")
    sheets = load_workbook(tmp_path / "new.xlsx").worksheets
    remarks = [
        cell.comment.text for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.comment
    ]
    assert len(remarks) > 80
    assert [remark for remark in remarks if left(remark)] == []


def test_an_input_that_is_written_in_another_language_is_read_again(tmp_path: Path) -> None:
    # "3 h 30 min" in a cell of the Rules sheet was a message, and could not be read when it was translated.
    problem = tiny_problem()
    rules = RuleBook(rules=(*tiny_rules().rules, rule("daily_rest", rest_minutes=690)))
    with translated(Bracketed()):
        planning.write_workbook(tmp_path / "week.xlsx", problem, rules)
    assert planning.read_workbook(tmp_path / "week.xlsx") == (problem, rules)


def test_a_roster_is_verified_in_the_language_in_which_it_was_written(tmp_path: Path) -> None:
    problem, rules = tiny_problem(), tiny_rules()
    with translated(Bracketed()):
        outcome = planning.solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
        planning.write_workbook(tmp_path / "roster.xlsx", problem, rules, outcome)
        assert results.verify_file(problem, rules, tmp_path / "roster.xlsx").passed
    with pytest.raises(AssertionError):
        assert results.verify_file(problem, rules, tmp_path / "roster.xlsx").passed


@pytest.mark.parametrize(
    "wrong", ["{number[0]} x", "{number:>99999999999} x", "{other} x", "{number.far} x", "{"]
)
def test_a_translation_with_a_fault_falls_back(wrong: str) -> None:
    class Faulty(NullTranslations):
        def gettext(self, message: str) -> str:
            return wrong

    with translated(Faulty()):
        assert text("{number} x", number=3) == "3 x"
