"""All that is needed to recompute a bound from the input, without trusting the search."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.money import MOST_WORTH, NO_ROSTER
from scheduler.texts import text

Proof = Literal["quick", "full"]
"""How much of a bound's proof is checked before a roster is returned."""
ProofChecked = Literal["full", "partial"]
"""How much of it was checked."""


GoalWorth = Annotated[int, Field(ge=0, le=MOST_WORTH)]
"""What an answer in time is worth in a proof."""


class CrewPrices(Frozen):
    """What a whole number of people costs in a period in which few can be at work on a skill.

    Only duties that begin on one day may be at work there, and no duty is of two crews. See
    ``scheduler.verifier.bound.crew_disjunction`` for what follows.

    Parameters
    ----------
    first_slot
        Where the period begins, in slots of the certificate from the start of the horizon.
    premium
        What each duty of the crew is worth on top, in sixtieths of a cent; may be below zero.
    prices
        For one person, two, and so on, the skill's price in each slot of the period if so many are there.
        With more people the certificate's own prices hold.
    """

    skill: str
    day: int = Field(ge=0)
    first_slot: int = Field(ge=0)
    premium: int
    prices: tuple[tuple[int, ...], ...] = Field(min_length=1)

    @property
    def slots(self) -> int:
        """Slots of the period."""
        return len(self.prices[0])

    @model_validator(mode="after")
    def _is_whole(self) -> "CrewPrices":
        if len(set(map(len, self.prices))) > 1 or not self.slots:
            raise ValueError(
                text('the prices of a crew for "{skill}" are not all of one length', skill=self.skill)
            )
        for prices in ((self.premium,), *self.prices):
            _can_be_counted_with(text("a crew for {skill}", skill=self.skill), prices)
        return self


class Certificate(Frozen):
    """All that is needed to recompute the bound from the input, without trusting the search.

    The bound is the Lagrangian value of the integer prices below (see ``scheduler.verifier``): the price
    of every staffing row, less what the best week of each agent could earn at these prices. No row may add
    up to more than ``MOST_WORTH``, or the recount would not be exact.

    Parameters
    ----------
    slot_minutes
        Resolution of the price rows.
    prices
        For each skill, what one more agent during one slot is worth, in sixtieths of a cent.
    headcount_prices
        For each headcount (by its row's name), what one more person on that shift is worth on each day of
        the horizon, in sixtieths of a cent; below zero where one more does harm. Rows that are left out
        are worth nothing.
    crews
        Where few can be at work at a time, what each whole number of them costs.
    goals
        For each goal over a day or a week, what one more contact answered in time is worth, in sixtieths of a
        cent. Those that are left out are worth nothing.
    carried_rules
        Labels of the rules that the best weeks were held to. Leaving a rule out keeps the bound true.
    bound
        What the search claims to follow from it.
    unavoidable_wages
        A lower bound on the wages that every legal roster pays.
    proof_checked
        ``full`` where the two follow from all of the prices; ``partial`` where they are what was proven until
        the time for that was over, and more may follow.
    """

    slot_minutes: int
    prices: dict[str, tuple[int, ...]]
    headcount_prices: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    crews: tuple[CrewPrices, ...] = ()
    goals: dict[str, GoalWorth] = Field(default_factory=dict)
    carried_rules: tuple[str, ...]
    bound: int
    unavoidable_wages: int
    proof_checked: ProofChecked = "full"

    def with_amounts(self, change: Callable[[int], int]) -> "Certificate":
        """The same with every amount of money changed; that no legal roster exists is no amount."""

        def rows(of: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
            return {name: tuple(map(change, amounts)) for name, amounts in of.items()}

        def crew(one: CrewPrices) -> CrewPrices:
            prices = tuple(tuple(map(change, row)) for row in one.prices)
            return one.model_copy(update={"premium": change(one.premium), "prices": prices})

        def proven(amount: int) -> int:
            return amount if amount >= NO_ROSTER else change(amount)

        return self.model_copy(
            update={
                "prices": rows(self.prices),
                "headcount_prices": rows(self.headcount_prices),
                "crews": tuple(map(crew, self.crews)),
                "goals": {name: change(worth) for name, worth in self.goals.items()},
                "bound": proven(self.bound),
                "unavoidable_wages": proven(self.unavoidable_wages),
            }
        )

    @field_validator("prices", "headcount_prices")
    @classmethod
    def _rows_can_be_counted_with(cls, priced: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        for name, prices in priced.items():
            _can_be_counted_with(name, prices)
        return priced


def _can_be_counted_with(name: str, prices: tuple[int, ...]) -> None:
    together = sum(map(abs, prices))
    if together > MOST_WORTH:
        raise ValueError(
            text(
                'the prices of "{name}" are too large for the bound to be counted exactly: signs left out '
                "they add up to {together:,}, and {most_worth:,} is the most",
                name=name,
                together=together,
                most_worth=MOST_WORTH,
            )
        )
