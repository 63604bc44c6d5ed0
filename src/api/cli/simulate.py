"""``dossier simulate``: what other rules would have sent; it sends and writes nothing."""

import sys
from collections import deque
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from api.cli.kit.options import DAY, Json, Limit
from api.cli.kit.output import money, more, progress, screen, table
from api.cli.kit.session import caught_up_session
from api.clock.otherwise import tally_of
from api.simulation import simulate as simulation
from ledger.policy.playbook.yaml_file import read
from ledger.policy.visibility import EVERYTHING
from projections.reports import ageing
from projections.simulation.past import Sent
from projections.simulation.replay import ReplayedMessage
from projections.simulation.totals import Total, differences, document

app = typer.Typer()
MARKS = {"would be sent": "+", "would not be sent": "-", "cannot be sent": "!"}
NAMED = 5  # invoices named for each message


@app.command(epilog="Example: `dossier simulate --from 2026-07-01 --to 2026-09-30`")
def simulate(
    first: Annotated[datetime, Option("--from", formats=DAY, help="First day.")],
    last: Annotated[datetime, Option("--to", formats=DAY, help="Last day.")],
    playbook: Annotated[Path | None, Option(help="Rules to try; in force if left out.")] = None,
    hindsight: Annotated[
        bool,
        Option(
            "--hindsight", help="Treat facts as known on their own day, as of an imported history."
        ),
    ] = False,
    changes: Annotated[bool, Option("--changes", help="Show only differences.")] = False,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """Replay the past under other rules: show what would have been sent, and why."""
    given = read(playbook) if playbook else None
    with caught_up_session() as opened, progress("Simulating", "invoices") as tick:
        rules = given or opened.playbook()[1]
        with opened.pool.connection() as conn:
            known = ageing.totals(opened.tenant, scope=EVERYTHING).fetch(conn)
        count = sum(row.invoices for row in known)
        tally = tally_of(opened, rules)
        found = tally.observe(
            simulation(
                opened, rules, first.date(), last.date(), hindsight, lambda done: tick(done, count)
            )
        )
        shown = differences(found) if changes else found
        if json:
            sys.stdout.buffer.writelines(document(shown, tally))
            return
        rows = [*islice(shown, limit)]
        deque(shown, maxlen=0)  # the tally counts the others
    table(
        "Messages to debtors (+ would be sent, - would not, ! cannot; others unchanged)",
        ("", "date", "debtor", "channel", "template", "invoices", "amount", "why"),
        [_row(message) for message in rows],
        right=("amount",),
    )
    more(len(rows), limit)
    totals = tally.totals()
    _totals("Steps", totals.steps)
    _totals("Messages by channel", totals.channels)
    if totals.pauses:
        screen.print(f"\n{totals.pauses:,} open disputes would pause otherwise than now.")
    if totals.collectors:
        screen.print(f"\n{totals.collectors:,} open invoices would get another collector.")


def _row(message: ReplayedMessage) -> tuple[object, ...]:
    sent = message.sent
    named = ", ".join(item.invoice for item in sent.items[:NAMED])
    others = f" and {len(sent.items) - NAMED} more" if len(sent.items) > NAMED else ""
    mark = MARKS.get(message.verdict, "")
    amount = ", ".join(money(total, currency) for currency, total in _amounts(sent).items())
    first = (mark, sent.on, message.debtor, sent.channel, sent.template)
    return (*first, named + others, amount, message.why)


def _amounts(sent: Sent) -> dict[str, Decimal]:
    amounts = dict[str, Decimal]()
    for item in sent.items:
        amounts[item.currency] = amounts.get(item.currency, Decimal(0)) + item.amount
    return amounts


def _totals(title: str, found: Iterable[Total]) -> None:
    screen.print()
    table(
        title,
        ("", "would be sent", "were sent", "difference"),
        [
            (row.name, f"{row.would:,}", f"{row.was:,}", f"{row.would - row.was:+,}")
            for row in found
        ],
        right=("would be sent", "were sent", "difference"),
    )
