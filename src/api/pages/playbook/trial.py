"""A trial of new rules: the last 90 days with them, beside what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from time import monotonic

from api.clock.otherwise import tally_of
from api.session import TenantSession
from api.simulation import simulate
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.hidden_rules import hidden_rules
from ledger.policy.playbook.yaml_file import diff_lines
from projections.simulation.past import Sent
from projections.simulation.replay import ReplayedMessage
from projections.simulation.totals import Totals

DAYS = timedelta(days=90)
LONGEST = 60.0  # seconds that a page may take
SHOWN = 100  # messages


@dataclass(frozen=True)
class Trial:
    """What the rules would change."""

    first: date
    last: date
    lines: Sequence[str]  # of the text that differ
    warnings: Sequence[str]
    messages: Sequence[ReplayedMessage]  # the first that differ
    totals: Totals
    invoices: int  # that were replayed
    is_whole: bool  # false: the time was over before all invoices were replayed

    @property
    def different(self) -> int:
        return sum(n for verdict, n in self.totals.messages.items() if verdict != "as sent")


class _OutOfTime(Exception):
    """The page would take too long."""


def try_out(session: TenantSession, rules: Rules, today: date) -> Trial:
    """Replay the last 90 days under the rules. Nothing is sent or written."""
    before = session.playbook()[1]
    first, last = today - DAYS, today - timedelta(days=1)
    began, invoices = monotonic(), 0

    def count(more: int) -> None:
        nonlocal invoices
        invoices += more
        if monotonic() - began > LONGEST:
            raise _OutOfTime

    tally, shown, is_whole = tally_of(session, rules), list[ReplayedMessage](), True
    try:
        for message in tally.observe(simulate(session, rules, first, last, progress=count)):
            if message.verdict != "as sent" and len(shown) < SHOWN:
                shown.append(message)
    except _OutOfTime:
        is_whole = False
    lines, warnings = diff_lines(before, rules)[2:], [*hidden_rules(before, rules)]
    return Trial(first, last, lines, warnings, shown, tally.totals(), invoices, is_whole)


def amounts(sent: Sent) -> dict[str, Decimal]:
    """Return what a message asks for, by currency."""
    found = dict[str, Decimal]()
    for item in sent.items:
        found[item.currency] = found.get(item.currency, Decimal(0)) + item.amount
    return found


def numbers(sent: Sent, most: int = 3) -> str:
    """Return the invoices that a message names first, and how many more."""
    named = [item.invoice for item in islice(sent.items, most)]
    more = len(sent.items) - len(named)
    return ", ".join(named) + (f" +{more}" if more else "")
