"""The objective and the rules of the nrp24 set, straight from a file's lines; a second opinion.

It knows nothing of staffcurve: a roster is a shift's name or ``None`` for each person and day. What is said
of the set in its readme holds: the day before the horizon counts as off, and runs of work or of days off
that touch either edge of the horizon are never too short.
"""

from itertools import groupby, pairwise

Roster = dict[str, list[str | None]]


class Instance:
    """One file of the set."""

    def __init__(self, text: str) -> None:
        parts = text.split("SECTION_")[1:]
        self.lines = {
            part.split("\n")[0].strip(): [
                line for line in part.split("\n")[1:] if line.strip() and line[0] != "#"
            ]
            for part in parts
        }
        self.days = int(self.lines["HORIZON"][0])
        self.people = [line.split(",")[0] for line in self.lines["STAFF"]]
        self.shifts = [line.split(",")[0] for line in self.lines["SHIFTS"]]

    def objective(self, roster: Roster) -> int:
        """The published objective, whether or not the roster is legal."""
        total = 0
        for line in self.lines["SHIFT_ON_REQUESTS"]:
            person, day, shift, weight = line.split(",")
            if roster[person][int(day)] != shift:
                total += int(weight)
        for line in self.lines["SHIFT_OFF_REQUESTS"]:
            person, day, shift, weight = line.split(",")
            if roster[person][int(day)] == shift:
                total += int(weight)
        for line in self.lines["COVER"]:
            day, shift, *numbers = line.split(",")
            required, under, over = map(int, numbers)
            working = sum(week[int(day)] == shift for week in roster.values())
            total += under * (required - working) if working < required else over * (working - required)
        return total

    def broken(self, roster: Roster) -> set[tuple[str, str]]:
        """Who breaks which rule."""
        found = set()
        for line in self.lines["STAFF"]:
            person, most, *numbers = line.split(",")
            found |= {(person, rule) for rule in self._broken_by(person, most, numbers, roster[person])}
        for line in self.lines["DAYS_OFF"]:
            person, *days = line.split(",")
            if any(roster[person][int(day)] for day in days):
                found.add((person, "days off"))
        return found

    def _broken_by(self, person: str, most: str, numbers: list[str], week: list[str | None]) -> set[str]:
        lengths: dict[str | None, int] = {}
        barred: set[tuple[str | None, str | None]] = set()
        for line in self.lines["SHIFTS"]:
            shift, long, after = line.split(",")
            lengths[shift] = int(long)
            barred |= {(shift, then) for then in after.split("|")}
        max_minutes, min_minutes, max_row, min_row, min_off, weekends = map(int, numbers)
        broken = set()
        if any((today, tomorrow) in barred for today, tomorrow in pairwise(week)):
            broken.add("succession")
        limits = (part.split("=") for part in most.split("|"))
        if any(week.count(shift) > int(limit) for shift, limit in limits):
            broken.add("most shifts")
        minutes = sum(lengths[shift] for shift in week if shift)
        if minutes < min_minutes or minutes > max_minutes:
            broken.add("minutes")
        worked = 0
        for saturday in range(5, self.days, 7):
            worked += any(week[saturday : saturday + 2])
        if worked > weekends:
            broken.add("weekends")
        runs, day = [], 0
        for working, run in groupby(week, key=bool):
            length = len(list(run))
            runs.append((working, length, day == 0 or day + length == self.days))
            day += length
        if any(working and length > max_row for working, length, _ in runs):
            broken.add("most in a row")
        if any(working and length < min_row for working, length, at_edge in runs if not at_edge):
            broken.add("fewest in a row")
        if any(not working and length < min_off for working, length, at_edge in runs if not at_edge):
            broken.add("fewest off in a row")
        return broken
