"""The trials of ``tests.attacks.outputs``: targets, names, streams, locales, happenings, signals."""

import json
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

from scheduler.app import planning
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
    link,
    mode_is,
    old,
    pipe,
    same,
    socket_there,
    solve,
    some_roster,
)
from tests.unit.tiny import tiny_problem, tiny_rules


def targets() -> Iterator[Trial]:
    """Places to write to."""
    yield Trial("new workbook", solve("-o", "roster.xlsx"), DONE, kept=holds("roster.xlsx"))
    yield Trial("new JSON", solve("-o", "roster.json"), DONE, kept=holds("roster.json"))
    yield Trial(
        "both",
        solve("-o", "roster.xlsx", "--json", "roster.json"),
        DONE,
        kept=every(holds("roster.xlsx"), holds("roster.json")),
    )
    for mode in (0o600, 0o640, 0o664, 0o777):
        yield Trial(
            f"mode {mode:o} is kept",
            solve("-o", "roster.xlsx"),
            DONE,
            old("roster.xlsx", mode=mode),
            every(holds("roster.xlsx"), mode_is("roster.xlsx", lambda m, want=mode: stat.S_IMODE(m) == want)),
        )
    for to, want in (("roster-real.json", DONE), ("none/roster.json", BAD_INPUT)):
        yield Trial(
            f"dangling link to {to}",
            solve("--json", "roster.json"),
            want,
            link("roster.json", to),
            every(
                mode_is("roster.json", stat.S_ISLNK), *([holds("roster-real.json")] if want == DONE else [])
            ),
        )
    yield Trial(
        "link to a file",
        solve("--json", "link.json"),
        DONE,
        link("link.json", "real.json", before=old("real.json", mode=0o600)),
        every(
            mode_is("link.json", stat.S_ISLNK),
            holds("real.json"),
            mode_is("real.json", lambda m: stat.S_IMODE(m) == 0o600),
        ),
    )
    yield Trial(
        "link in a circle",
        solve("--json", "a.json"),
        BAD_INPUT,
        link("a.json", "a.json"),
        mode_is("a.json", stat.S_ISLNK),
    )
    yield Trial(
        "link to /dev/null",
        solve("--json", "null"),
        DONE,
        link("null", "/dev/null"),
        every(mode_is("null", stat.S_ISLNK), lambda _: Path("/dev/null").is_char_device()),
    )
    yield Trial(
        "/dev/null", solve("--json", "/dev/null"), DONE, kept=lambda _: Path("/dev/null").is_char_device()
    )
    yield Trial(
        "/dev/full keeps the roster beside",
        solve("--json", "/dev/full", "-o", "roster.xlsx"),
        NOT_WRITTEN,
        kept=holds("roster.xlsx"),
    )
    yield Trial(
        "/dev/full as a link, alone",
        solve("--json", "roster.json"),
        NOT_WRITTEN,
        link("roster.json", "/dev/full"),
        some_roster,
    )
    yield Trial(
        "/dev/stdout into a file",
        solve("--json", "/dev/stdout"),
        DONE,
        kept=holds("roster-out.json"),
        shell="> roster-out.json",
    )
    yield Trial(
        "/dev/stdout into a pipe",
        solve("--json", "/dev/stdout"),
        DONE,
        kept=holds("roster-out.json"),
        shell="| cat > roster-out.json",
    )
    yield Trial(
        "a process as a file",
        solve("--json", "/dev/fd/3"),
        DONE,
        kept=holds("roster-out.json"),
        shell="3> roster-out.json",
    )
    yield Trial("a descriptor that is closed", solve("--json", "/dev/fd/77"), BAD_INPUT)
    yield Trial(
        "pipe with a reader", solve("--json", "pipe"), DONE, pipe, every(mode_is("pipe", stat.S_ISFIFO))
    )
    yield Trial(
        "socket", solve("--json", "socket"), BAD_INPUT, socket_there, mode_is("socket", stat.S_ISSOCK)
    )
    yield Trial("folder", solve("-o", "roster.xlsx"), BAD_INPUT, lambda f: (f / "roster.xlsx").mkdir())
    yield Trial("folder that is not there", solve("-o", "none/roster.xlsx"), BAD_INPUT)
    yield Trial(
        "folder that is a file", solve("-o", "file/roster.xlsx"), BAD_INPUT, old("file"), same("file")
    )
    yield Trial(
        "read-only file",
        solve("--json", "roster.json"),
        BAD_INPUT,
        old("roster.json", mode=0o444),
        same("roster.json"),
    )
    for lock in ("~$roster.xlsx", ".~lock.roster.xlsx#"):
        yield Trial(
            f"open elsewhere: {lock}",
            solve("-o", "roster.xlsx"),
            BAD_INPUT,
            old("roster.xlsx", lock),
            same("roster.xlsx"),
        )
    for length, want in ((250, DONE), (254, DONE), (255, DONE), (256, BAD_INPUT), (5000, BAD_INPUT)):
        for suffix in (".json", ".xlsx"):
            name = "r" * (length - 5) + suffix
            yield Trial(
                f"{length} bytes {suffix}",
                solve("-o", name),
                want,
                kept=holds(name) if want == DONE else lambda _: True,
            )
    yield Trial(
        "254 bytes in 3-byte signs", solve("-o", "員" * 83 + ".json"), DONE, kept=holds("員" * 83 + ".json")
    )
    yield Trial(
        "suffix of 200 signs",
        solve("--json", "r." + "s" * 200),
        DONE,
        kept=lambda f: (f / ("r." + "s" * 200)).is_file(),
    )
    yield Trial(
        "name that is not UTF-8",
        solve("-o", os.fsdecode(b"r\xff\xe4.json")),
        DONE,
        kept=holds(os.fsdecode(b"r\xff\xe4.json")),
    )
    yield Trial("name in two lines", solve("-o", "a\nb.json"), DONE, kept=holds("a\nb.json"))


def one_name() -> Iterator[Trial]:
    """Two outputs, or an output and an input, that are one file."""
    both = {
        "-o and --json": ("r.json", "r.json"),
        "./": ("r.json", "./r.json"),
        "..": ("r.json", "x/../r.json"),
        "capitals": ("r.json", "R.JSON"),
        "link": ("link.json", "real.json"),
        "hard link": ("h.json", "real.json"),
        "workbook as JSON": ("r.xlsx", "r.xlsx"),
        "other suffix": ("r.xlsx", "s.xlsx"),
    }

    def prepare(folder: Path) -> None:
        old("real.json")(folder)
        (folder / "x").mkdir()
        (folder / "link.json").symlink_to("real.json")
        (folder / "h.json").hardlink_to(folder / "real.json")
        (folder / "to-week.json").symlink_to("week.json")
        (folder / "last.json").write_text("old")

    for name, (output, second) in both.items():
        yield Trial(
            f"one file: {name}", solve("-o", output, "--json", second), BAD_INPUT, prepare, same("real.json")
        )
    for name in ("week.json", "./week.json", "to-week.json", "last.json"):
        words = solve("-o", name, "--start", "last.json")
        yield Trial(f"what is read: {name}", words, BAD_INPUT, prepare, same("last.json"))
    yield Trial("convert onto itself", ("convert", "week.json", "to-week.json"), BAD_INPUT, prepare)
    yield Trial(
        "verify onto the roster",
        ("verify", "week.json", "last.json", "--json", "./last.json"),
        BAD_INPUT,
        prepare,
        same("last.json"),
    )
    yield Trial("new onto a file", ("new", "n.xlsx"), BAD_INPUT, old("n.xlsx"), same("n.xlsx"))
    yield Trial(
        "new through a link",
        ("new", "n.xlsx", "--force"),
        DONE,
        link("n.xlsx", "m.xlsx", before=old("m.xlsx")),
        mode_is("n.xlsx", stat.S_ISLNK),
    )
    yield Trial("convert to a workbook", ("convert", "week.json", "w.xlsx"), DONE)


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
            "first": "import scheduler.command_line.terminal as t; s = t.LiveLine.__call__; "
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
        "first": "from scheduler import handover\nv = handover.verify\n"
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
