"""Rules on what people would like: preferred, at a price that weighs as much as the person's wishes do."""

from scheduler.domain.facts.agent import Agent
from scheduler.domain.values.fields import HUNDRED_PERCENT, Cents
from scheduler.model.rules.rule import AgentRule, Strength


class WishRule(AgentRule):
    """A rule on wishes of single agents."""

    strength: Strength = Strength.PREFER
    price: Cents | None = 500

    def price_for(self, agent: Agent, own: int | None = None) -> int | None:
        """Cents that it costs not to grant a wish, where that is not the rule's price.

        Parameters
        ----------
        own
            The wish's own price.
        """
        if agent.wish_weight_percent == HUNDRED_PERCENT:
            return own
        price = self.price if own is None else own
        return None if price is None else price * agent.wish_weight_percent // HUNDRED_PERCENT
