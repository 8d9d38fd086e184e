"""The table of all rules in ``docs/rules.md``, made from the catalogue.

python -m tests.rules.listed --write   writes it, after a rule has been added
"""

import sys
from pathlib import Path

from constraints import CATALOGUE
from tests.benchmarks.markdown import table

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
BEGIN, END = "<!-- rules -->", "<!-- /rules -->"


def listed() -> str:
    """Each rule with its sentence and its unit, in the order of the catalogue."""
    rows = [
        [
            f"`{rule.model_fields['kind'].default}`",
            (rule.__doc__ or "").strip().splitlines()[0].replace("``", "`"),
            rule.unit,
        ]
        for rule in CATALOGUE
    ]
    return table(["rule", "says", "price per"], rows)


def with_rules(page: str) -> str:
    """A page with its table made anew."""
    (before, _), (_, after) = page.split(BEGIN), page.split(END)
    return f"{before}{BEGIN}\n\n{listed()}\n\n{END}{after}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(with_rules(PAGE.read_text("utf-8")), encoding="utf-8")
    else:
        print(listed())
