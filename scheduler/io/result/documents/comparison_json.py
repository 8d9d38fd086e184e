"""A comparison of two rosters as a JSON document, in currency, hours and moments with their offset."""

from datetime import date as Date  # noqa: N812 - a field is called date
from typing import Any, Literal

from pydantic import Field

from scheduler.domain import Problem
from scheduler.domain.changes.comparison import Change, Comparison, Differs, Figures
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency
from scheduler.io.result.documents.document import Document
from scheduler.io.result.documents.json_document import cost_document, duty_document
from scheduler.io.result.documents.json_schema import CostDocument, DutyDocument, schema_of


class ChangeDocument(Document):
    """One person's day that differs."""

    agent: str = Field(description="The agent's name.")
    date: Date = Field(description="Local date of the day that differs.")
    differs: list[Differs] = Field(
        description="In what: freedom, template, start, length; or breaks, where all else is the same."
    )
    was: str = Field(description="The day in the first roster, in words.")
    becomes: str = Field(description="The day in the second roster, in words.")
    before: list[DutyDocument] = Field(description="The day's duties in the first roster.")
    after: list[DutyDocument] = Field(description="The day's duties in the second roster.")
    reason: str = Field(description="Why it was changed; empty where rosters are only compared.")


class FiguresDocument(Document):
    """What the verifier counts of one roster."""

    cost: CostDocument = Field(description="Cost by cause, in currency.")
    paid_hours: float = Field(description="Paid hours in duties, without paid absence.")
    missing_agent_hours: float = Field(description="Agent-hours below the requirement, never netted.")
    superfluous_agent_hours: float = Field(description="Agent-hours above the requirement, never netted.")
    missing_people: int = Field(description="People missing on shifts.")
    superfluous_people: int = Field(description="People superfluous on shifts.")
    pay_for_absence: float = Field(
        description="Pay for leave and sick calls on the planned days, beside the cost, in currency."
    )
    legal: bool = Field(description="Whether every duty is possible and every 'must' is kept.")
    broken: dict[str, int] = Field(description="How often a 'must' is broken, by the rule's label.")


class CostDifferenceDocument(Document):
    """One cause of cost in both rosters."""

    cause: str = Field(description="'wages', 'missing', 'superfluous', or a rule's label.")
    kind: str = Field(description="The rule's kind; empty where the cause is no rule.")
    before: float = Field(description="Cost in the first roster, in currency.")
    after: float = Field(description="Cost in the second roster, in currency.")
    difference: float = Field(description="By how much the second costs more, in currency.")


class ComparisonDocument(Document):
    """What differs between two rosters."""

    document: Literal["staffcurve comparison"] = Field(description="Says what this file is.")
    schema_version: Literal["1"] = Field(
        description="Version of this form; it changes when a field changes its meaning."
    )
    currency: str = Field(description="Currency of all amounts.")
    summary: str = Field(description="All of it in one line.")
    input_differences: list[str] = Field(description="In what the two inputs differ, a sentence each.")
    duties_changed: int = Field(description="Person-days whose template, start, length or freedom differs.")
    breaks_moved: int = Field(description="Person-days on which nothing but breaks differs.")
    people: list[str] = Field(description="Everybody who is touched.")
    before: FiguresDocument = Field(description="Figures of the first roster.")
    after: FiguresDocument = Field(description="Figures of the second roster.")
    costs: list[CostDifferenceDocument] = Field(description="Every cause of cost that either roster has.")
    changes: list[ChangeDocument] = Field(description="Every person-day that differs.")


def comparison_document(problem: Problem, comparison: Comparison) -> dict[str, Any]:
    """A comparison as a document that ``json.dumps`` takes.

    Parameters
    ----------
    problem
        The input of the first roster, by whose clocks moments are shown.
    """
    document = ComparisonDocument(
        document="staffcurve comparison",
        schema_version="1",
        currency=comparison.currency,
        summary=comparison.summary,
        input_differences=list(comparison.input_differences),
        duties_changed=len(comparison.duty_changes),
        breaks_moved=len(comparison.break_moves),
        people=list(comparison.people),
        before=_figures(comparison.before),
        after=_figures(comparison.after),
        costs=[
            CostDifferenceDocument(
                cause=one.cause,
                kind=one.kind,
                before=in_currency(one.before),
                after=in_currency(one.after),
                difference=in_currency(one.difference),
            )
            for one in comparison.costs()
        ],
        changes=[change_document(problem, change) for change in comparison.changes],
    )
    return document.model_dump(mode="json")


def comparison_schema() -> dict[str, Any]:
    """JSON schema of a comparison document."""
    return schema_of(ComparisonDocument, "comparison")


def _figures(figures: Figures) -> FiguresDocument:
    return FiguresDocument(
        cost=cost_document(figures.cost),
        paid_hours=figures.paid_minutes / MINUTES_PER_HOUR,
        missing_agent_hours=figures.missing_minutes / MINUTES_PER_HOUR,
        superfluous_agent_hours=figures.superfluous_minutes / MINUTES_PER_HOUR,
        missing_people=figures.missing_people,
        superfluous_people=figures.superfluous_people,
        pay_for_absence=in_currency(figures.pay_for_absence),
        legal=figures.is_legal,
        broken=figures.broken,
    )


def change_document(problem: Problem, change: Change) -> ChangeDocument:
    """A person's changed day, with its duties on the agent's clock."""
    return ChangeDocument(
        agent=change.agent,
        date=change.on,
        differs=list(change.differs),
        was=change.was,
        becomes=change.becomes,
        before=[duty_document(problem, duty) for duty in change.before],
        after=[duty_document(problem, duty) for duty in change.after],
        reason=change.reason,
    )
