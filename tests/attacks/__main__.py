"""Runs one attack: ``python -m tests.attacks NAME --count N --seed S``."""

import sys
from importlib import import_module

ATTACKS = {
    "fuzz": "mutants of workbooks and JSON through check, solve and verify, with their cost",
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in ATTACKS:
        print("usage: python -m tests.attacks NAME [--count N] [--seed S]\n")
        print("\n".join(f"  {known:12} {what}" for known, what in sorted(ATTACKS.items())))
        return 2
    attack = import_module(f"tests.attacks.{name}")
    return int(attack.main(sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
