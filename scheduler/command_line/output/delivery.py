"""Writing a roster where it was asked for, or, where that fails, where it can be found.

Called by the commands. Before a search it refuses outputs that cannot be written. After a search a full disk,
a missing folder or a fault in a writer must not lose the roster: it is then written to another place, which
is named on stderr.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from secrets import token_hex
from tempfile import gettempdir

from scheduler.app import overwriting, planning
from scheduler.app.results import documents
from scheduler.command_line.output.output_streams import write_document
from scheduler.command_line.output.terminal import fault_in_words, say
from scheduler.domain import BadInput, Outcome, Problem
from scheduler.domain.values.words import either
from scheduler.io.files.streams import JSON, WORKBOOK
from scheduler.io.files.writing.meanwhile import Before
from scheduler.model import RuleBook
from scheduler.texts import text

STDOUT = Path("-")
Write = Callable[[Path], None]


class Refused(Exception):
    """The command was asked for something that cannot be done as it was said."""


@dataclass
class Delivered:
    """Where a result was written.

    Parameters
    ----------
    written
        Files that were asked for.
    kept
        A file that was not asked for; it holds the roster because no other one does.
    failures
        What went wrong, as sentences.
    """

    written: list[Path] = field(default_factory=list)
    kept: Path | None = None
    failures: list[str] = field(default_factory=list)

    def try_to(self, write: Write, path: Path, before: Before) -> bool:
        """Write there, unless something else stands there by now; any fault becomes a sentence."""
        try:
            with before.must_stand():
                write(path)
        except BadInput as refused:
            self.failures += map(str, refused.findings)
        except OSError as error:
            where = "stdout" if path == STDOUT else path
            self.failures.append(
                text("{where}: it could not be written: {error}.", where=where, error=error.strerror or error)
            )
        except Exception as fault:
            self.failures.append(
                text("{path}: it could not be written. {fault}", path=path, fault=fault_in_words(fault))
            )
        else:
            return True
        return False


def must_be_writable(path: Path, *read: Path | None) -> Before:
    """Refuse an output that cannot be written, or that would replace a file that is read.

    Returns
    -------
    Before
        What stands there, to be written over at the end.
    """
    if path == STDOUT:
        return Before.at()
    must_not_be_read(path, *read)
    before = Before.at(path)
    fault = planning.unwritable(path)
    if fault:
        raise Refused(str(fault))
    return before


def must_not_be_read(path: Path, *read: Path | None) -> None:
    """Refuse an output that would replace a file that is read."""
    if any(source and planning.are_one_file(path, source) for source in read):
        raise Refused(
            text("{path}: is read by this very command. Choose another name for what is written.", path=path)
        )


def must_not_lose_edits(
    problem: Problem | None, rules: RuleBook | None, *outputs: Path | None, plans_on: bool = False
) -> None:
    """Refuse to replace a roster in which somebody has edited something since it was written.

    Parameters
    ----------
    problem, rules
        What a roster in JSON is read by, which holds no copy of its input; ``None`` where only a workbook
        may be written.
    plans_on
        Whether the command can begin from that roster instead.
    """
    for path in outputs:
        edits = () if path in (None, STDOUT) else overwriting.edits_in(path, problem, rules)
        if not edits:
            continue
        instead = text(" --start {path} plans on from it;", path=path) if plans_on else ""
        raise Refused(
            text(
                "{path}: was edited since it was written ({edits}), and would be replaced. Choose "
                "another name;{instead} --force replaces it.",
                path=path,
                edits="; ".join(edits),
                instead=instead,
            )
        )


def must_be_outputs(output: Path | None, json: Path | None, *read: Path | None) -> dict[Path, Before]:
    """Refuse outputs of ``solve`` that cannot be written as asked for; returns what stands there."""
    if output is None and json is None:
        raise Refused(text("Say where the roster goes: -o ROSTER.xlsx, or --json OUT.json, or both."))
    if output and json and planning.are_one_file(output, json):
        raise Refused(
            text("{output}: -o and --json name the same file. Give each a name of its own.", output=output)
        )
    before = {}
    if output:
        must_end_in(output, WORKBOOK, JSON)
        before[output] = must_be_writable(output, *read)
    if json:
        before[json] = must_be_json_output(json, *read)
    return before


def must_end_in(path: Path, *suffixes: str) -> None:
    """Refuse a file name whose suffix does not fit its content."""
    if path.suffix.lower() not in suffixes:
        raise Refused(text("{path}: must end in {suffixes}.", path=path, suffixes=either(suffixes)))


def must_be_json_output(path: Path | None, *read: Path | None) -> Before:
    """Refuse a place of JSON that cannot be written, or a workbook: it would be one no more.

    Parameters
    ----------
    path
        ``None`` where no JSON is asked for, which is as good as stdout.
    """
    if path is None:
        return Before.at()
    if path.suffix.lower() == WORKBOOK:
        raise Refused(text("{json}: --json writes JSON, which is no workbook. End it in .json.", json=path))
    return must_be_writable(path, *read)


def write_json(path: Path, text: str) -> None:
    """Write JSON to a file, or to stdout."""
    if path == STDOUT:
        write_document(text)
    else:
        planning.write_text(path, text)


def deliver(
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome,
    output: Path | None,
    json: Path | None,
    before: Mapping[Path, Before],
) -> Delivered:
    """Write a result wherever it was asked for, or else to a place that takes it."""

    def as_json(path: Path) -> None:
        write_json(path, documents.as_json(problem, rules, outcome))

    as_named = partial(planning.write_workbook, problem=problem, rules=rules, outcome=outcome)
    delivered = Delivered()
    for path, write in ((output, as_named), (json, as_json)):
        if path and delivered.try_to(write, path, before[path]):
            delivered.written.append(path)
    if not delivered.written:
        wanted = output or json or STDOUT
        keep(delivered, wanted, {wanted.suffix.lower(): as_named} if wanted == output else {}, as_json)
    return delivered


def say_failures(delivered: Delivered, *, looked_elsewhere: bool = True) -> None:
    """Say what could not be written, and where the roster is instead, if it is anywhere."""
    for failure in delivered.failures:
        say(failure, "red")
    if delivered.kept:
        say(text("Written instead: {kept}", kept=delivered.kept.absolute()), "red")
    elif looked_elsewhere and not delivered.written:
        say(text("No place was found that takes the roster; nothing was written."), "red")


def keep(delivered: Delivered, wanted: Path, named: dict[str, Write], as_json: Write) -> None:
    """Write the roster to the nearest place that takes it, in the form asked for or else as JSON."""
    for folder in _folders(wanted):
        for suffix, write in {**named, JSON: as_json}.items():
            path = _free(folder, wanted, suffix)
            if Delivered().try_to(write, path, Before.at(path)):
                delivered.kept = path
                return


def _folders(wanted: Path) -> Iterator[Path]:
    """The folders to try: of the wanted file, the current one, home, temporary files."""
    folders: list[Callable[[], Path]] = [
        lambda: wanted.absolute().parent,
        Path.cwd,
        Path.home,
        lambda: Path(gettempdir()),
    ]
    for folder in folders:
        with suppress(OSError, RuntimeError):  # a folder that is gone, a person without a home
            yield folder()


def _free(folder: Path, wanted: Path, suffix: str) -> Path:
    """A name that nothing has there, short enough for every disk."""
    stem = "roster" if wanted == STDOUT else wanted.stem[:40]
    plain = folder / f"{stem}{suffix}"
    with suppress(OSError):
        if not plain.exists() and not plain.is_symlink():
            return plain
    return folder / f"{stem}-{token_hex(4)}{suffix}"
