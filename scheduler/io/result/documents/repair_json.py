"""A repair as a JSON document: what changed and why, what changes buy, and how few are enough."""

from typing import Any, Literal

from pydantic import Field

from scheduler.domain import Problem
from scheduler.domain.changes.repair import CurvePoint, Repaired
from scheduler.domain.values.money import in_currency
from scheduler.io.result.documents.comparison_json import ChangeDocument, change_document
from scheduler.io.result.documents.document import Document
from scheduler.io.result.documents.json_schema import schema_of


class CurvePointDocument(Document):
    """The least cost with at most ``most_changes`` changes."""

    most_changes: int = Field(description="Changes that are allowed.")
    changes: int | None = Field(description="Of the best roster found; null where none was.")
    break_moves: int = Field(description="Person-days on which it moves nothing but breaks.")
    cost: float | None = Field(description="Its cost, in currency.")
    cost_with_break_moves: float | None = Field(description="The same with the price of its break moves.")
    bound: float | None = Field(description="No such roster costs less, break moves priced: proven.")
    impossible: bool = Field(description="Whether no legal roster has so few changes: proven.")


class RepairDocument(Document):
    """A repaired roster and its changes."""

    document: Literal["staffcurve repair"] = Field(description="Says what this file is.")
    schema_version: Literal["1"] = Field(
        description="Version of this form; it changes when a field changes its meaning."
    )
    currency: str = Field(description="Currency of all amounts.")
    summary: list[str] = Field(description="All of it in a few lines.")
    change_price: float = Field(description="Price of a changed person-day, in currency.")
    break_price: float = Field(description="Price of a person-day on which only breaks move, in currency.")
    cost: float = Field(description="What the repaired roster costs, in currency.")
    cost_plus_changes: float = Field(description="The same with the price of all changes.")
    bound: float = Field(description="No legal roster with the same past comes to less: proven.")
    gap: float = Field(description="(cost_plus_changes - bound) / cost_plus_changes.")
    fewest_at_least: int = Field(description="With fewer changes no roster is legal: proven.")
    fewest_found: int | None = Field(description="Changes of a legal roster with the fewest found.")
    curve: list[CurvePointDocument] = Field(description="What numbers of changes buy.")
    changes: list[ChangeDocument] = Field(description="Person-days that were changed, each with its reason.")
    cancelled: list[ChangeDocument] = Field(description="Duties that fell away without anybody's choice.")
    break_moves: list[ChangeDocument] = Field(description="Person-days on which only breaks move.")
    past: list[str] = Field(description="What the past has broken and nobody can mend.")
    warnings: list[str] = Field(description="What of the old roster does not fit the week.")


def repair_document(problem: Problem, repaired: Repaired) -> dict[str, Any]:
    """A repair as a document that ``json.dumps`` takes."""
    kinds = (repaired.changes, repaired.fallen, repaired.break_moves)
    changes, cancelled, moves = ([change_document(problem, one) for one in kind] for kind in kinds)
    document = RepairDocument(
        document="staffcurve repair",
        schema_version="1",
        currency=problem.currency,
        summary=list(repaired.summary),
        change_price=repaired.change_price / 100,
        break_price=repaired.break_price / 100,
        cost=in_currency(repaired.outcome.cost.total),
        cost_plus_changes=in_currency(repaired.total),
        bound=in_currency(repaired.bound),
        gap=repaired.gap,
        fewest_at_least=repaired.fewest.at_least,
        fewest_found=repaired.fewest.found,
        curve=list(map(_point, repaired.curve)),
        changes=changes,
        cancelled=cancelled,
        break_moves=moves,
        past=list(repaired.past),
        warnings=[str(finding) for finding in repaired.findings],
    )
    return document.model_dump(mode="json")


def repair_schema() -> dict[str, Any]:
    """JSON schema of a repair document."""
    return schema_of(RepairDocument, "repair")


def _point(point: CurvePoint) -> CurvePointDocument:
    def shown(cost: int | None) -> float | None:
        return None if cost is None else in_currency(cost)

    return CurvePointDocument(
        most_changes=point.most,
        changes=point.changes,
        break_moves=point.break_moves,
        cost=shown(point.cost),
        cost_with_break_moves=shown(point.priced),
        bound=shown(point.bound),
        impossible=point.is_impossible,
    )
