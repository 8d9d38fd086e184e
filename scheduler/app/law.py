"""Which preset of law a new workbook begins with."""

from collections.abc import Iterable
from dataclasses import dataclass

from constraints.law import Preset, applied, preset_named, preset_names
from scheduler.domain import BadInput, Problem
from scheduler.domain.findings.finding import Finding, Place, did_you_mean
from scheduler.model import RuleBook
from scheduler.texts import text


@dataclass(frozen=True)
class UnderLaw:
    """A preset, and the system of counting hours that was chosen."""

    preset: Preset
    system: str

    def __call__(self, problem: Problem, rules: RuleBook) -> tuple[Problem, RuleBook]:
        """A worked week and its rules, under the preset."""
        return applied(problem, rules, self.preset, self.system)


def under_law(name: str, system: str | None = None) -> UnderLaw:
    """A preset of law by its name, such as ``de``.

    Parameters
    ----------
    system
        How hours are counted, where the law knows several; the usual one where ``None``.

    Raises
    ------
    BadInput
        If there is no such preset, or it has no such system.
    """
    known = preset_names()
    if name not in known:
        message = text('there is no preset "{name}".', name=name)
        raise _unknown("--preset", message, did_you_mean(name, known), known)
    preset = preset_named(name)
    if system is None:
        system = preset.usual_system
    if system not in preset.systems:
        message = text('"{name}" has no system "{system}".', name=name, system=system)
        raise _unknown("--system", message, did_you_mean(system, preset.systems), preset.systems)
    return UnderLaw(preset, system)


def _unknown(option: str, message: str, guess: str, known: Iterable[str]) -> BadInput:
    hint = text("{guess}Known: {known}.", guess=guess, known=", ".join(known))
    return BadInput([Finding(place=Place(path=(option,)), message=message, hint=hint)])
