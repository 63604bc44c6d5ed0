"""Reports as they are drawn: figures with the address of their rows, and the widths of bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from projections.reports.ageing import BUCKETS, Bucket
from projections.reports.cycle_times import Count, CycleTime
from projections.reports.open_disputes import OpenGroup

ZERO = Decimal(0)
LABELS = {
    "current": "Not due",
    "1-30": "1 to 30 days",
    "31-60": "31 to 60 days",
    "61-90": "61 to 90 days",
    "91+": "Over 90 days",
}
FILLS = {"current": "paid", "61-90": "late", "91+": "late"}  # else open


class BarPart(NamedTuple):
    """A part of a bar, in per cent of its width."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """A line of a chart."""

    name: str
    cases: int
    amount: Decimal
    disputed: Decimal
    bar: Sequence[BarPart]
    oldest: int = 0


@dataclass(frozen=True)
class Sheet:
    """The lines of a currency: amounts of two currencies are never added."""

    currency: str
    lines: Sequence[Line]

    @property
    def open(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def overdue(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.name != "current"), ZERO)

    @property
    def disputed(self) -> Decimal:
        return sum((line.disputed for line in self.lines), ZERO)

    def share(self, part: Decimal) -> int:
        """Return the per cent that a part is of all."""
        return round(100 * part / self.open) if self.open else 0


def ageing_sheets(buckets: Iterable[Bucket]) -> list[Sheet]:
    """Return a sheet for each currency with a line for every bucket, also an empty one."""
    found = list[Sheet]()
    for currency, rows in groupby(buckets, key=lambda row: row.currency):
        by_name = {row.bucket: row for row in rows}
        most = max((row.open_amount for row in by_name.values()), default=ZERO)
        found.append(Sheet(currency, [_bucket(name, by_name.get(name), most) for name in BUCKETS]))
    return sorted(found, key=lambda sheet: -sum(line.cases for line in sheet.lines))


def _bucket(name: str, row: Bucket | None, most: Decimal) -> Line:
    if row is None:
        return Line(name, 0, ZERO, ZERO, ())
    sound = width_of(row.undisputed, most)
    bar = [BarPart(FILLS.get(name, "open"), 0, sound)] if row.undisputed else []
    if row.disputed:
        bar.append(BarPart("disputed", sound, width_of(row.disputed, most)))
    return Line(name, row.invoices, row.open_amount, row.disputed, bar)


def dispute_sheets(groups: Iterable[OpenGroup], names: Sequence[str] = ()) -> list[Sheet]:
    """Return a sheet for each currency with a line for each group, or for each of ``names``."""
    found = list[Sheet]()
    for currency, rows in groupby(groups, key=lambda row: row.currency):
        by_name = {row.group: row for row in rows}
        most = max((row.disputed for row in by_name.values()), default=ZERO)
        lines = [_group(name, by_name.get(name), most) for name in names or by_name]
        found.append(Sheet(currency, lines))
    return sorted(found, key=lambda sheet: -sum(line.cases for line in sheet.lines))


def _group(name: str, row: OpenGroup | None, most: Decimal) -> Line:
    if row is None:
        return Line(name, 0, ZERO, ZERO, ())
    bar = [BarPart("disputed", 0, width_of(row.disputed, most))]
    return Line(name, row.cases, row.disputed, row.disputed, bar, row.oldest)


@dataclass(frozen=True)
class Cycle:
    """The cases of a group and the median days of each phase, by its name."""

    count: Count
    phases: dict[str, CycleTime]
    bar: Sequence[BarPart]


def cycles(counts: Sequence[Count], lags: Sequence[CycleTime]) -> list[Cycle]:
    """Return the groups with their phases, most cases first."""
    by_group = dict[str, dict[str, CycleTime]]()
    for lag in lags:
        by_group.setdefault(lag.group, {})[lag.lag] = lag
    whole = [lag.median for lag in lags if lag.lag == "resolution"]
    most = Decimal(str(max(whole, default=0)))
    found = list[Cycle]()
    for count in counts:
        phases = by_group.get(count.group, {})
        lasts = phases.get("resolution")
        bar = [BarPart("accent", 0, width_of(Decimal(str(lasts.median)), most))] if lasts else []
        found.append(Cycle(count, phases, bar))
    return found


def width_of(part: Decimal, whole: Decimal) -> float:
    """Return the width of a part in per cent, wide enough to be seen if it is not nothing."""
    return max(round(float(100 * part / whole), 2), 0.5) if whole and part > 0 else 0
