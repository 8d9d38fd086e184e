"""What each person is paid, as part of a JSON document."""

from typing import Annotated

from pydantic import Field

from scheduler.domain import Problem, Roster
from scheduler.io.result.documents.document import Document
from scheduler.pay.payroll import pay_lines


class PayLineDocument(Document):
    """What one person is paid of one kind."""

    agent: str = Field(description="Who is paid.")
    kind: str = Field(
        description="'basic pay' for every paid minute of duties, the name of a premium or holiday for what "
        "is paid on top, 'time off' or 'sick' for absence."
    )
    minutes: int = Field(description="For how many minutes.")
    amount: float = Field(description="In currency, rounded to hundredths, once.")
    is_in_cost: bool = Field(description="Whether it is part of 'cost'; pay for absence is not.")


PayLines = Annotated[
    list[PayLineDocument],
    Field(
        default_factory=list,
        description="What each person is paid, a line a kind of pay; left out where no premiums are given.",
    ),
]


def pay_documents(problem: Problem, roster: Roster) -> list[PayLineDocument]:
    """Every pay line, where premiums are given."""
    return [
        PayLineDocument(
            agent=line.agent,
            kind=line.kind,
            minutes=line.minutes,
            amount=line.cents / 100,
            is_in_cost=not line.is_absence,
        )
        for line in (pay_lines(problem, roster) if problem.paid_on_top else ())
    ]
