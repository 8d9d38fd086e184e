"""The door to the attacks: ``python -m tests.attacks NAME --count N --seed S``."""

import argparse
import sys
from importlib import import_module

ATTACKS = {"forgeries": "tests.attacks.forgeries"}
"""By name, the module whose ``attack(count, seed)`` answers how often it came through."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("name", choices=sorted(ATTACKS))
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    came_through = import_module(ATTACKS[asked.name]).attack(asked.count, asked.seed)
    return 1 if came_through else 0


if __name__ == "__main__":
    sys.exit(main())
