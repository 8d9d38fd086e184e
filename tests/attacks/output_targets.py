"""Trials of what is written where: targets of every kind, and one name for two files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tests.attacks.trial import (
    BAD_INPUT,
    DONE,
    NOT_WRITTEN,
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
