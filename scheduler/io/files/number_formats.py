"""Number formats that show something other than the value of their cell.

A format may hold words and digits of its own: a cell with 3619.68 and the format ``"1.00"`` reads 1.00, on
the screen and in print. ECMA-376, part 1, 18.8.30 and 18.8.31, defines the syntax of a format.
"""

import re

_LITERAL = re.compile(r'"([^"]*)"?|\\(.)|_.|\*.|\[[^\]]*\]', re.DOTALL)
_SHOWS_THE_VALUE = re.compile(r"[0#?@]|general|[ymdhsgeb]", re.IGNORECASE)


def speaks_for_itself(code: str) -> bool:
    """Whether a format has digits of its own, or a section of words in which the value does not stand."""
    literals: list[str] = []

    def taken(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return f"\0{len(literals) - 1}\0" if literals[-1] else ""

    for section in _LITERAL.sub(taken, code).split(";"):
        own = "".join(literals[int(number)] for number in re.findall("\0(\\d+)\0", section))
        shown = re.sub("\0\\d+\0", "", section)
        if any(sign.isdigit() for sign in own):
            return True
        if any(sign.isalnum() for sign in own) and not _SHOWS_THE_VALUE.search(shown):
            return True
    return False
