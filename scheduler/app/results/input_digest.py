"""The digest of an input, by which a result says what it was made from."""

from scheduler.domain import Problem
from scheduler.domain.results.digest import digest
from scheduler.model import RuleBook


def input_hash(problem: Problem, rules: RuleBook) -> str:
    """SHA-256 of the problem and the rules as canonical JSON: keys sorted, no spaces, UTF-8.

    What came later and is empty is left out, so that files from before there was any keep their digest.
    """
    later = ("calendar", "scenarios", "scenario_curves", "premiums", "holidays")
    facts = problem.model_dump(mode="json", exclude={name for name in later if not getattr(problem, name)})
    for goal in facts["service_goals"]:
        if goal["per"] == "interval":  # a field that is later too
            del goal["per"]
    book = [rule.model_dump(mode="json", exclude=None if rule.source else {"source"}) for rule in rules.rules]
    return digest({"problem": facts, "rules": {"rules": book}})
