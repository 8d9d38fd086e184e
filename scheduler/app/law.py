"""Which preset of law a new workbook begins with."""

from collections.abc import Iterable
from dataclasses import dataclass

from constraints.law import Preset, applied, preset_called, preset_named, preset_names
from scheduler.domain import BadInput, Problem
from scheduler.domain.findings.finding import Finding, Place, did_you_mean, did_you_mean_by_another_name
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
    """A preset of law by its name, such as ``de``, or its country's, in any case.

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
    preset = preset_called(name)
    if preset is None:
        message = text('there is no preset "{name}".', name=name)
        raise _unknown("--preset", message, _nearest_preset(name), known)
    if system is None:
        system = preset.usual_system
    systems = {one.casefold(): one for one in preset.systems}
    if system.casefold() not in systems:
        message = text('"{name}" has no system "{system}".', name=preset.name, system=system)
        raise _unknown("--system", message, did_you_mean(system, preset.systems), preset.systems)
    return UnderLaw(preset, systems[system.casefold()])


def _nearest_preset(name: str) -> str:
    """The question with the preset whose name, or country, is nearest."""
    presets = [preset_named(one) for one in preset_names()]
    called = {word: preset.name for preset in presets for word in (preset.name, *preset.also)}
    return did_you_mean_by_another_name(name, called)


def _unknown(option: str, message: str, guess: str, known: Iterable[str]) -> BadInput:
    hint = text("{guess}Known: {known}.", guess=guess, known=", ".join(known))
    return BadInput([Finding(place=Place(path=(option,)), message=message, hint=hint)])
