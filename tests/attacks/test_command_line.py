"""A short part of the attacks on the command line, with fixed seeds."""

import os
import signal
from pathlib import Path

import pytest

from tests.attacks.interrupts import Interrupt, Interrupts, cases
from tests.attacks.output_trials import TABLES
from tests.attacks.outputs import Outputs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, pipes and shells of another kind")


def test_the_first_trial_of_each_table_ends_well() -> None:
    outputs = Outputs()
    for table in TABLES:
        outputs.of(next(table()))
    assert outputs.trials == len(TABLES) and not outputs.wrong


def test_no_roster_is_lost_to_a_signal(tmp_path: Path) -> None:
    interrupts = Interrupts()
    moments = [
        ("proving", signal.SIGINT),
        ("checking everything", signal.SIGTERM),
        ("Written", signal.SIGTERM),
    ]
    for (phase, number), case in zip(moments, cases(tmp_path, examples=False, generated=3), strict=True):
        interrupts.of(case, Interrupt(phase, 0.0, (number,)), seed=1, seconds=1.0)
    assert interrupts.runs == 3 and not interrupts.is_broken
