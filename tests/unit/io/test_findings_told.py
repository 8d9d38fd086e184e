"""What is said of choices that are nearly known, and of many findings at once."""

import pytest
from pydantic import ValidationError

from constraints import FairShare
from scheduler.domain.findings.finding import Finding, Place
from scheduler.io.files.pydantic_words import in_words
from scheduler.io.input.reading.kinds_of_findings import one_line_a_kind
from scheduler.io.input.sheets.volumes import SERVICE_GOALS


def test_a_choice_that_is_nearly_known_is_asked_about() -> None:
    # of = night, weekend or sundays said the choices, and not the nearest
    for said, meant in (("night", "nights"), ("weekend", "weekends"), ("sundays", "days")):
        with pytest.raises(ValidationError) as caught:
            FairShare.model_validate({"of": said})
        assert in_words(caught.value.errors()[0]).endswith(f'Did you mean "{meant}"?')


def test_channels_of_mail_are_deferrable_however_they_are_spelt() -> None:
    choices = SERVICE_GOALS.column("channel").choices
    assert {choices[one] for one in ("mail", "email", "e-mail", "e-mails")} == {"deferrable"}


def test_findings_at_one_cell_are_not_counted_as_cells() -> None:
    # 24 cells of AHT were blank, and 144 were told: each row of Mon-Sat stands for six days
    def at(cell: str, number: int) -> Finding:
        return Finding(place=Place(sheet="Volumes", cell=cell), message=f"Sales: {number} is missing.")

    rows = [at(f"D{row}", day) for row in (2, 3) for day in range(6)]
    (told,) = one_line_a_kind(rows)
    assert str(told) == "Volumes!D2:D3  Sales: 0 is missing. So in all 2 cells of this range."
    (told,) = one_line_a_kind(rows[:6])
    assert str(told) == "Volumes!D2  Sales: 0 is missing. There are 6 of this kind here."
