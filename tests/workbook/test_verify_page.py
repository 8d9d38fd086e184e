"""What the page of commands shows of ``verify`` is what it prints: the sample was run by no test."""

from tests.workbook.verify_page import PAGE, SAMPLE, played


def test_verify_prints_what_the_page_shows() -> None:
    page = PAGE.read_text("utf-8")
    assert len(SAMPLE.findall(page)) == 1
    message = "docs/command_line.md is behind: python -m tests.workbook.verify_page --write"
    assert played(page) == page, message
