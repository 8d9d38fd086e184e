"""The planner's page is a session that runs: what it says is typed, and what commands print stands there."""

import re

from tests.workbook.planner_page import PAGE, STEP, played, without_times


def test_the_session_prints_what_the_page_shows() -> None:
    page = PAGE.read_text("utf-8")
    message = "docs/planner.md is behind: python -m tests.workbook.planner_page --write"
    assert without_times(played(page)) == without_times(page), message


def test_every_command_of_a_week_is_in_the_session() -> None:
    commands = [
        match["command"].split()[0] for match in STEP.finditer(PAGE.read_text("utf-8")) if match["command"]
    ]
    assert commands == [
        *("new", "check", "solve", "verify", "refresh", "swap", "who", "repair", "compare"),
        *("next", "check", "solve"),
    ]


def test_what_the_page_asks_a_planner_to_type_is_all_found() -> None:
    # A sentence that the session does not understand would be passed over.
    page = PAGE.read_text("utf-8")
    typed = [step for step in STEP.finditer(page) if not step["command"]]
    asked = re.findall(r"^(?:On|Add to|Empty|In) `", page, flags=re.MULTILINE)
    assert len(typed) == len(asked)
