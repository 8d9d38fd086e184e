"""Proposals as a JSON document, in currency, hours and moments with their offset."""

from typing import Any, Literal

from pydantic import Field

from scheduler.domain import Problem
from scheduler.domain.changes.proposals import Effect, Proposal, Ranking
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency
from scheduler.io.result.documents.comparison_json import ChangeDocument, change_document
from scheduler.io.result.documents.document import Document
from scheduler.io.result.documents.json_schema import schema_of


class EffectDocument(Document):
    """By how much figures rise or fall."""

    cost: float = Field(description="By how much the roster costs more, in currency.")
    wages: float = Field(description="Its wages, in currency.")
    missing: float = Field(description="Its cost of missing staff, in currency.")
    superfluous: float = Field(description="Its cost of superfluous staff, in currency.")
    rules: dict[str, float] = Field(
        description="Its cost of broken preferences, in currency, by the rule's label; only what changes."
    )
    paid_hours: float = Field(description="Paid hours in duties.")
    missing_agent_hours: float = Field(description="Agent-hours below the requirement.")
    superfluous_agent_hours: float = Field(description="Agent-hours above the requirement.")
    missing_people: int = Field(description="People missing on shifts.")
    superfluous_people: int = Field(description="People superfluous on shifts.")


class ObstacleDocument(Document):
    """What stands in the way."""

    rule: str = Field(description="The rule's label; empty where the input offers no such duty.")
    agent: str | None = Field(description="Whose it is; null for the team.")
    sentence: str = Field(description="What would be broken, by how much.")


class ProposalDocument(Document):
    """Changed days of one or two people."""

    possible: bool = Field(description="Whether the roster stays as legal as it is.")
    changes: list[ChangeDocument] = Field(description="Each person and day that changes.")
    obstacles: list[ObstacleDocument] = Field(description="What stands in the way; empty where nothing does.")
    remarks: list[str] = Field(description="Rules that are only reported and would be broken.")
    effect: EffectDocument = Field(description="What it wins or costs.")
    week_hours_before: float | None = Field(
        description="Paid hours of the person's week, with paid absence; null for a swap."
    )
    week_hours_after: float | None = Field(description="The same with the change.")


class ProposalsDocument(Document):
    """The answer to a question about changes."""

    document: Literal["staffcurve proposals"] = Field(description="Says what this file is.")
    schema_version: Literal["1"] = Field(
        description="Version of this form; it changes when a field changes its meaning."
    )
    currency: str = Field(description="Currency of all amounts.")
    proposals: list[ProposalDocument] = Field(description="What is possible, the cheapest first.")
    refused: list[ProposalDocument] = Field(description="What is not, with what stands in the way.")
    more: int = Field(
        description="How many more keep every rule of their own, and would cost as much or more."
    )
    without: int = Field(description="How many have no such shift in their contract.")
    useless: int = Field(default=0, description="How many could by every rule, and nothing would be won.")
    off: int = Field(default=0, description="How many have no duty on the day, or several.")
    situation: str = Field(
        default="", description="What is missing or superfluous on the day, for overtime and time off."
    )


def proposals_document(problem: Problem, ranking: Ranking) -> dict[str, Any]:
    """Proposals as a document that ``json.dumps`` takes."""
    document = ProposalsDocument(
        document="staffcurve proposals",
        schema_version="1",
        currency=problem.currency,
        proposals=[_proposal(problem, one) for one in ranking.proposals],
        refused=[_proposal(problem, one) for one in ranking.refused],
        more=ranking.more,
        without=ranking.without,
        useless=ranking.useless,
        off=ranking.off,
        situation=ranking.situation,
    )
    return document.model_dump(mode="json")


def proposals_schema() -> dict[str, Any]:
    """JSON schema of a proposals document."""
    return schema_of(ProposalsDocument, "proposals")


def _proposal(problem: Problem, proposal: Proposal) -> ProposalDocument:
    before, after = proposal.week_minutes or (None, None)
    return ProposalDocument(
        possible=proposal.is_possible,
        changes=[change_document(problem, change) for change in proposal.changes],
        obstacles=[
            ObstacleDocument(rule=one.rule, agent=one.agent, sentence=one.sentence)
            for one in proposal.obstacles
        ],
        remarks=list(proposal.remarks),
        effect=_effect(proposal.effect),
        week_hours_before=None if before is None else before / MINUTES_PER_HOUR,
        week_hours_after=None if after is None else after / MINUTES_PER_HOUR,
    )


def _effect(effect: Effect) -> EffectDocument:
    return EffectDocument(
        cost=in_currency(effect.cost),
        wages=in_currency(effect.wages),
        missing=in_currency(effect.missing),
        superfluous=in_currency(effect.superfluous),
        rules={rule: in_currency(cost) for rule, cost in effect.rules.items()},
        paid_hours=effect.paid_minutes / MINUTES_PER_HOUR,
        missing_agent_hours=effect.missing_minutes / MINUTES_PER_HOUR,
        superfluous_agent_hours=effect.superfluous_minutes / MINUTES_PER_HOUR,
        missing_people=effect.missing_people,
        superfluous_people=effect.superfluous_people,
    )
