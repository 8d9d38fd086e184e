"""The rules of one planning task, in the order in which they are listed."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from pydantic import SerializeAsAny, field_validator, model_validator

from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.words import counted
from scheduler.model.rules.rule import AgentRule, Rule
from scheduler.texts import text


def stands_instead(rule: Rule, wider: Rule) -> bool:
    """Whether a rule may take the place of another: both are on single agents, and of one kind."""
    return isinstance(rule, AgentRule) and type(rule) is type(wider) and rule.name != wider.name


class RuleBook(Frozen):
    """A tuple of rules with unique names.

    It knows no catalogue, so it cannot be read from plain data by itself: ``scheduler.read_rules`` does that.
    """

    rules: tuple[SerializeAsAny[Rule], ...] = ()

    @field_validator("rules", mode="before")
    @classmethod
    def _are_rules_already(cls, given: object) -> object:
        if isinstance(given, list | tuple) and not all(isinstance(rule, Rule) for rule in given):
            raise ValueError(
                text(
                    "a rule is read from plain data by its kind, for which the catalogue is needed; use "
                    "scheduler.read_rules"
                )
            )
        return given

    @model_validator(mode="after")
    def _names_are_unique(self) -> "RuleBook":
        twice = [name for name, times in Counter(rule.name for rule in self.rules).items() if times > 1]
        if twice:
            raise ValueError(
                text(
                    "rules with the same label: {twice}; remove one, or give each its own label",
                    twice=", ".join(twice),
                )
            )
        return self

    @field_validator("rules", mode="after")
    @classmethod
    def _narrower_rules_stand_instead(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Rules do not hold for whom another that is on, and says so, holds instead of them."""
        resolved = list(rules)
        for rule in rules:
            for place, wider in enumerate(resolved):
                if rule.is_on and rule.instead_of == wider.name and stands_instead(rule, wider):
                    scope = wider.scope.without(rule.scope)
                    resolved[place] = wider.model_copy(update={"scope": scope})
        return tuple(resolved)

    def active(self) -> Iterator[Rule]:
        """Rules that are not off: those that a finished roster is checked against."""
        return (rule for rule in self.rules if rule.is_on)

    @cached_property
    def planned(self) -> "RuleBook":
        """The book that rosters are planned by: without rules that are off or only reported.

        Costs and bounds are those of this book.
        """
        return RuleBook(rules=tuple(rule for rule in self.rules if rule.is_planned))

    @cached_property
    def named(self) -> dict[str, Rule]:
        """Rules by name."""
        return {rule.name: rule for rule in self.rules}

    def __str__(self) -> str:
        lines = [f"  {rule.strength.value:6} {rule.sentence} ({rule.scope})" for rule in self.rules]
        return "\n".join([text("RuleBook of {rules}:", rules=counted(len(self.rules), "rule")), *lines])
