"""The trials of ``tests.attacks.outputs``: those of targets, and streams, locales, happenings, signals."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

from scheduler.app import planning
from tests.attacks.output_targets import one_name, targets
from tests.attacks.trial import (
    BAD_INPUT,
    DONE,
    FAULT,
    FOREIGN,
    NOT_WRITTEN,
    QUICK,
    STOPPED,
    Trial,
    every,
    holds,
    solve,
    some_roster,
)
from tests.unit.tiny import tiny_problem, tiny_rules

LOCALES = (
    (("LC_ALL", "C"), ("PYTHONUTF8", "0"), ("PYTHONCOERCECLOCALE", "0")),
    (("PYTHONIOENCODING", "ascii"),),
    (("PYTHONIOENCODING", "ascii:strict"),),
    (("PYTHONIOENCODING", "cp1252"),),
    (("PYTHONIOENCODING", "utf-16"),),
    (("TERM", "dumb"), ("COLUMNS", "1")),
)
STREAMS = {
    "full": "> /dev/full",
    "closed": ">&-",
    "reader gone": "| true",
    "both full": "> /dev/full 2> /dev/full",
    "both closed": ">&- 2>&-",
    "stderr full": "2> /dev/full",
    "stderr closed": "2>&-",
}
COMMANDS = {
    "check": ("check", "foreign.json"),
    "schema": ("schema",),
    "help": ("solve", "--help"),
    "version": ("--version",),
    "verify": ("verify", "foreign.json", "nothing.json"),
}


def foreign(folder: Path) -> None:
    """The week with a name and a skill that ASCII does not have."""
    planning.write_workbook(folder / "foreign.json", tiny_problem(FOREIGN), tiny_rules())
    content = json.loads((folder / "foreign.json").read_text(encoding="utf-8"))
    content["problem"]["agents"][1]["skills"] = ["Français"]
    (folder / "broken.json").write_text(json.dumps(content), encoding="utf-8")


def streams() -> Iterator[Trial]:
    """What becomes of stdout and stderr, and in which alphabet."""
    to_stdout = ("solve", "foreign.json", "--json", "-", *QUICK)
    names = {
        "check": DONE,
        "schema": NOT_WRITTEN,
        "help": NOT_WRITTEN,
        "version": NOT_WRITTEN,
        "verify": BAD_INPUT,
    }
    for how, shell in STREAMS.items():
        is_lost = "stderr" not in how
        want = NOT_WRITTEN if is_lost else DONE
        yield Trial(
            f"solve, {how}",
            to_stdout,
            want,
            foreign,
            shell=shell,
            kept=some_roster if is_lost else lambda _: True,
        )
        yield Trial(
            f"solve -o, {how}", solve("-o", "roster.xlsx"), DONE, shell=shell, kept=holds("roster.xlsx")
        )
        for name, words in COMMANDS.items():
            code = names[name] if is_lost or name == "verify" else DONE
            if how == "reader gone":
                continue  # whether it is gone before the last line is written is a matter of chance
            yield Trial(f"{name}, {how}", words, code, foreign, shell=shell)
    for env in LOCALES:
        said = " ".join(f"{name}={value}" for name, value in env)
        yield Trial(
            f"solve, {said}",
            to_stdout,
            DONE,
            foreign,
            shell="> roster-out.json",
            env=env,
            kept=lambda f: "Zoë 北京" in (f / "roster-out.json").read_text(encoding="utf-8"),
        )
        yield Trial(f"check, {said}", ("check", "broken.json"), BAD_INPUT, foreign, env=env)
        yield Trial(f"help, {said}", ("solve", "--help"), DONE, env=env)
        yield Trial(
            f"file, {said}",
            ("solve", "foreign.json", "-o", "Zoë.json", *QUICK),
            DONE,
            foreign,
            env=env,
            kept=lambda f: (f / "Zoë.json").exists(),
        )


def optimised() -> Iterator[Trial]:
    """Everything without docstrings and asserts."""
    for level in ("-O", "-OO"):
        for words, kept in (
            (("new", "n.xlsx"), lambda f: (f / "n.xlsx").is_file()),
            (("check", "week.json"), lambda _: True),
            (("convert", "week.json", "w.xlsx"), lambda f: (f / "w.xlsx").is_file()),
            (
                solve("-o", "roster.xlsx", "--json", "roster.json"),
                every(holds("roster.xlsx"), holds("roster.json")),
            ),
            (("schema",), lambda _: True),
            (("solve", "--help"), lambda _: True),
        ):
            yield Trial(f"{level} {words[0]}", words, DONE, python=(level,), kept=kept)


PLAYED = """
import os, shutil, signal, sys
from pathlib import Path
from scheduler.app import planning
from scheduler.__main__ import main

solve = planning.solve

def played(*words, **more):
    {before}
    outcome = solve(*words, **more)
    {after}
    return outcome

planning.solve = played
{first}
main()
"""
"""The command line with something that happens before or after its search."""

GONE = "shutil.rmtree('gone')"
RAISES = "import scheduler.io.result.workbook_writer as w; w.result_sheets = lambda *a, **k: [].no_such_thing"
HAPPENINGS = {
    "folder vanishes": ("gone/roster.xlsx", {"after": GONE}, NOT_WRITTEN),
    "folder becomes a file": ("gone/roster.xlsx", {"after": f"{GONE}; Path('gone').touch()"}, NOT_WRITTEN),
    "file becomes a folder": ("roster.xlsx", {"after": "Path('roster.xlsx').mkdir()"}, NOT_WRITTEN),
    "opened in Excel meanwhile": (
        "roster.xlsx",
        {"after": "Path('roster.xlsx').touch(); Path('~$roster.xlsx').touch()"},
        NOT_WRITTEN,
    ),
    "writer raises": ("roster.xlsx", {"after": RAISES}, NOT_WRITTEN),
    "fault before a roster": ("roster.xlsx", {"before": "raise TypeError('odd')"}, FAULT),
    "memory": ("roster.xlsx", {"before": "raise MemoryError"}, FAULT),
    "recursion": ("roster.xlsx", {"before": "played(*words, **more)"}, FAULT),
    "the watcher raises": (
        "roster.xlsx",
        {
            "first": "import scheduler.command_line.output.live_line as t; s = t.LiveLine.__call__; "
            "t.LiveLine.__call__ = lambda self, look: s(self, look) if look.cost is None else 1 / 0"
        },
        FAULT,
    ),
}


def script(**parts: str) -> tuple[str, ...]:
    """Words for Python in place of ``-m scheduler``."""
    filled = {"before": "pass", "after": "pass", "first": "", **parts}
    return ("-c", PLAYED.format(**filled))


def happenings() -> Iterator[Trial]:
    """What can happen while a search is under way."""
    for name, (output, parts, code) in HAPPENINGS.items():
        has_roster = code == NOT_WRITTEN or name == "the watcher raises"
        yield Trial(
            name,
            solve("-o", output),
            code,
            lambda f: (f / "gone").mkdir(),
            python=script(**parts),
            kept=some_roster if has_roster else lambda _: True,
        )


SIGNALLED = {
    "before the search": {"before": "os.kill(os.getpid(), {number})"},
    "after the search": {"after": "os.kill(os.getpid(), {number})"},
    "while writing": {
        "first": "w = planning.write_workbook\n"
        "def write(*a, **k):\n    os.kill(os.getpid(), {number}); return w(*a, **k)\n"
        "planning.write_workbook = write"
    },
    "while verifying": {
        "first": "from scheduler.app.results import handover\nv = handover.verify\n"
        "def check(*a, **k):\n    os.kill(os.getpid(), {number}); return v(*a, **k)\n"
        "handover.verify = check"
    },
    "after written": {"first": "import atexit; atexit.register(os.kill, os.getpid(), {number})"},
}


def signals() -> Iterator[Trial]:
    """Each signal at each moment of a solve, and twice."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for moment, parts in SIGNALLED.items():
            for times in (1, 2):
                filled = {part: text.format(number=int(number)) for part, text in parts.items()}
                kill = f"os.kill(os.getpid(), {int(number)})"
                if times == 2:
                    filled = {part: text.replace(kill, f"{kill}; {kill}") for part, text in filled.items()}
                is_early = moment == "before the search"
                code = DONE if moment == "after written" else STOPPED
                yield Trial(
                    f"{number.name} {times}x {moment}",
                    solve("-o", "roster.xlsx"),
                    code,
                    python=script(**filled),
                    kept=(lambda f: not (f / "roster.xlsx").exists()) if is_early else holds("roster.xlsx"),
                )


TABLES = (targets, one_name, streams, optimised, happenings, signals)
