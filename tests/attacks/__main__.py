"""``python -m tests.attacks NAME --count N --seed S``: attack a promise; exits with 1 where it was broken."""

import sys
from importlib import import_module

ATTACKS = {
    "bare_numbers": "units, dates and decimals not said: read as meant, or refused with what to write",
    "forgeries": "results forged field by field and cell by cell: each found, or declared as not verified",
    "forged_looks": "what a person reads otherwise than the cells hold: a fault, named, or left out as told",
    "fuzz": "mutants of workbooks and JSON through check, solve and verify, with their cost",
    "hand_edits": "edits on Duties and Roster: the verdict, the figures and the cell of each right",
    "headings": "headings and labels of settings blank, misspelt or without a value: none is silent",
    "interrupts": "solves interrupted at random moments: no roster lost, none that fails verification",
    "long_lists": "lists of every kind with 16,000 entries: the cost of a check grows in proportion",
    "lookalikes": "sheets, headings and names that are nearly known, and rows of other weeks: none is silent",
    "made_inputs": "the table of made inputs in README.md: lookalikes, stale rows, headings, bare numbers",
    "next_weeks": "weeks rostered and moved on, several times: no finding that nobody caused",
    "numbers": "a number beyond any sense in every field of JSON and in every column of a workbook",
    "offers": "every cost that a search offers as its best, against a recount",
    "optimum": "bound, optimum and cost of random small problems with every rule, and forged certificates",
    "outputs": "every kind of target, stream, locale and signal of the command line",
    "repairs": "rosters repaired at random moments: nothing of the past moves, and no bound is wrong",
    "service": "exceptions across processes, searches cancelled at random, and two side by side in threads",
}
"""By the name of the module, each of which has ``main(arguments) -> int``."""


def main(words: list[str]) -> int:
    """Run the attack of that name with the other words as its arguments."""
    if not words or words[0] not in ATTACKS:
        print(__doc__, *(f"{name:12} {what}" for name, what in ATTACKS.items()), sep="\n")
        return 2
    return int(import_module(f"tests.attacks.{words[0]}").main(words[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
