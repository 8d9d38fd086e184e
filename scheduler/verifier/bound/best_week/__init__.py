"""The best week of a pricing group: its legal weeks as an automaton, and the dynamic programme over it."""
