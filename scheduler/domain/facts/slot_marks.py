"""Minutes of a shift template that slots of time have to divide.

Taken by the engine, which plans in such slots, and by the check that tells of lengths which make them short.
The verifier counts for itself.
"""

from collections.abc import Iterator

from scheduler.domain.facts.problem import ShiftTemplate


def slot_marks(template: ShiftTemplate) -> Iterator[int]:
    """Its starts, lengths and breaks; a step counts only where there is more than one place."""
    yield template.earliest_start
    if template.latest_start > template.earliest_start:
        yield template.start_step
    yield from template.lengths
    for band in template.breaks:
        for pause in band.breaks:
            yield from (pause.length_minutes, pause.earliest_start, pause.latest_start)
            if pause.latest_start != pause.earliest_start:
                yield pause.step_minutes
