"""Notices that the law wants before what follows: they count only when they can have arrived."""

from collections.abc import Sequence
from datetime import date, timedelta

from ledger.facts.invoice.parts import StepRecord
from ledger.facts.playbook_rules import Ladder

NOTICES = ("fourteen-days",)  # templates; BW 6:96 lid 6


def counting(ladder: Ladder, taken: Sequence[StepRecord]) -> list[StepRecord]:
    """Return the steps that count: one above a notice only if the notice was given before it.

    A step whose message failed is not among ``taken``: what was built on it does not count either.
    """
    places = {step.step: place for place, step in enumerate(ladder.steps)}
    counted, given = list[StepRecord](), set[int]()
    for record in taken:
        place = places.get(record.step)
        if place is None or all(notice in given for notice in _notices(ladder, place)):
            counted.append(record)
            given.add(-1 if place is None else place)
    return counted


def term_of(ladder: Ladder, days: Sequence[int], place: int) -> int:
    """Return the days from a notice to the step above it; 0 for a step that is no notice."""
    if ladder.steps[place].template not in NOTICES or place + 1 == len(days):
        return 0
    return days[place + 1] - days[place]


def after_notice(
    ladder: Ladder, days: Sequence[int], taken: Sequence[StepRecord], place: int, today: date
) -> date:
    """Return the first day of a step by the notices below it: their term begins when they left.

    While a notice waits to be sent, its term has not begun.
    """
    first = date.min
    for notice in _notices(ladder, place):
        for record in taken:
            if record.step == ladder.steps[notice].step:
                begin = record.sent_on or (today if record.message else record.on)
                first = max(first, begin + timedelta(days[place] - days[notice]))
    return first


def _notices(ladder: Ladder, place: int) -> list[int]:
    """Return the places of the notices below a place."""
    below = ladder.steps[:place]
    return [nth for nth, step in enumerate(below) if step.template in NOTICES]
