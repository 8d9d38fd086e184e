"""What would be lost if a file were replaced: edits by people since it was written."""

from collections.abc import Iterator

from scheduler.app.planning import read
from scheduler.app.results.input_digest import input_hash
from scheduler.domain import Finding, Problem
from scheduler.domain.values.words import counted
from scheduler.io.files.streams import AnyPath, Readable, Source, at_one_moment, is_json, path_of, source_of
from scheduler.io.result.contents import names
from scheduler.io.result.documents import json_reader
from scheduler.io.result.reading import workbook_reader
from scheduler.io.result.reading.sources import RosterReading
from scheduler.model import RuleBook
from scheduler.texts import text


def edits_in(path: AnyPath, problem: Problem | None = None, rules: RuleBook | None = None) -> tuple[str, ...]:
    """What was edited in a roster since it was written, each in a few words; empty if it is no roster.

    Parameters
    ----------
    problem, rules
        By which a result in JSON is read, which holds no copy of its input; without them it is not read.
    """
    if not path_of(path).is_file():
        return ()
    file = at_one_moment(path)
    if not is_json(file):
        return tuple(_in_workbook(file))
    return () if problem is None or rules is None else tuple(_in_document(file, problem, rules))


def holds_roster(path: Readable) -> bool:
    """Whether a workbook has duties beside an input."""
    source = source_of(path)
    return not is_json(source) and workbook_reader.has_sheets(source, names.DUTIES)


def _in_document(file: Source, problem: Problem, rules: RuleBook) -> Iterator[str]:
    document = json_reader.open_document(file)
    if isinstance(document, Finding) or document.get("input_hash") != input_hash(problem, rules):
        return  # instants of another week say nothing here
    reading = json_reader.roster_in(document, problem)
    yield from _of(reading, document.get("roster_hash") is not None)


def _in_workbook(file: Source) -> Iterator[str]:
    if not holds_roster(file):
        return
    inside = read(file)
    if inside.problem is None or inside.rules is None:
        yield text("the copy of the input, which cannot be read as it is")
        return
    reading = workbook_reader.read_roster(file, inside.problem)
    yield from _of(reading, reading.stated_hash is not None)
    if reading.input_hash not in (None, input_hash(inside.problem, inside.rules)):
        yield text("the copy of the input inside")


def _of(reading: RosterReading, is_result: bool) -> Iterator[str]:
    if not is_result:
        return
    if reading.findings:
        yield str(reading.findings[0]).rstrip(".")
    elif reading.changed:
        first = reading.changed[0]
        yield text(
            "{duties}, the first at {cell}",
            duties=counted(len(reading.changed), "duty", "duties"),
            cell=first.cell,
        )
    elif reading.untaken:
        yield text("{cell}, which is not taken", cell=reading.untaken[0].cell)
    elif reading.is_edited:
        yield text("its duties")
    if reading.kept:
        days = counted(len(reading.kept), "day", "days")
        yield text("{days} on the sheet {sheet}", days=days, sheet=names.KEPT_EDITS)
