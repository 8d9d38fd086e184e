"""What too few and too many cost, by the rule that asks for them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CostsByRule:
    """The cost of missing and of superfluous agents or people.

    Parameters
    ----------
    missing_costs, superfluous_costs
        By the rule that requires them, in sixtieths of a cent.
    """

    missing_costs: dict[str, int]
    superfluous_costs: dict[str, int]

    @property
    def missing_cost(self) -> int:
        """What is missing costs."""
        return sum(self.missing_costs.values())

    @property
    def superfluous_cost(self) -> int:
        """What is superfluous costs."""
        return sum(self.superfluous_costs.values())

    def cost_of(self, rule: str) -> int:
        """Both, for one rule."""
        return self.missing_costs.get(rule, 0) + self.superfluous_costs.get(rule, 0)
