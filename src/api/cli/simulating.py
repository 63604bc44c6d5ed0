"""``dossier simulate``: what other rules would have sent. Nothing leaves, nothing is written."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from api.cli.desk import level_desk
from api.cli.options import Json, Limit
from api.cli.show import errors, money, progress, screen, table
from api.playbook.file import in_force, read
from api.simulation.past import Sent
from api.simulation.replay import Told
from api.simulation.run import simulate as simulation
from api.simulation.totals import Total, Totals
from projections import invoices

app = typer.Typer()
MARKS = {"would be sent": "+", "would not be sent": "-", "cannot be sent": "!"}
NAMED = 5  # invoices of a message


@app.command(
    epilog="Example: `dossier simulate --playbook draft.yaml --from 2026-07-01 --to 2026-09-30`"
)
def simulate(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    playbook: Annotated[
        Path | None, typer.Option(help="The rules to try, in YAML; those in force if left out.")
    ] = None,
    hindsight: Annotated[
        bool,
        typer.Option(
            "--hindsight", help="All was known on its own day: for a history that was imported."
        ),
    ] = False,
    changes: Annotated[bool, typer.Option("--changes", help="Only what would differ.")] = False,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """Replay the past under other rules: what would, and would not, have been sent, and why."""
    given, totals = read(playbook) if playbook else None, Totals()
    with level_desk() as opened, progress("Simulating", "invoices") as tick:
        rules = given or in_force(opened.ledger)[1]
        with opened.pool.connection() as conn:
            count = sum(one.invoices for one in invoices.totals(opened.tenant).fetch(conn))
        found = totals.watch(
            simulation(
                opened, rules, first.date(), last.date(), hindsight, lambda done: tick(done, count)
            )
        )
        shown = (one for one in found if one.verdict in MARKS or not changes)
        if json:
            _as_json(shown, totals)
            return
        rows = _first(limit, shown)
    table(
        "Messages to debtors (+ would be sent, - would not, ! cannot; the others as they were)",
        ("", "date", "debtor", "channel", "template", "invoices", "amount", "why"),
        [_row(one) for one in rows],
        right=("amount",),
    )
    if len(rows) == limit:
        errors.print(f"These are the first {limit}; see more with --limit.", markup=False)
    for title, found_ in (("Steps", totals.steps), ("Messages by channel", totals.channels)):
        screen.print()
        _totals(title, found_)


def _first(limit: int, all_: Iterable[Told]) -> list[Told]:
    """The rest is counted, and not kept."""
    rows = list[Told]()
    for one in all_:
        if len(rows) < limit:
            rows.append(one)
    return rows


def _row(one: Told) -> tuple[object, ...]:
    sent = one.sent
    named = ", ".join(item.invoice for item in sent.items[:NAMED])
    more = f" and {len(sent.items) - NAMED} more" if len(sent.items) > NAMED else ""
    mark = MARKS.get(one.verdict, "")
    amount = ", ".join(money(total, currency) for currency, total in _amounts(sent).items())
    return (mark, sent.on, one.debtor, sent.channel, sent.template, named + more, amount, one.why)


def _amounts(sent: Sent) -> dict[str, Decimal]:
    amounts = dict[str, Decimal]()
    for item in sent.items:
        amounts[item.currency] = amounts.get(item.currency, Decimal(0)) + item.amount
    return amounts


def _totals(title: str, found: Iterable[Total]) -> None:
    table(
        title,
        ("", "would be", "were", "difference"),
        [
            (one.name, f"{one.would:,}", f"{one.was:,}", f"{one.would - one.was:+,}")
            for one in found
        ],
        right=("would be", "were", "difference"),
    )


def _as_json(found: Iterator[Told], totals: Totals) -> None:
    """One document, written as it comes: nothing of it is kept."""
    out, before = sys.stdout.buffer, b""
    out.write(b'{"messages": [')
    for one in found:
        out.write(before + b"\n" + msgspec.json.encode(one))
        before = b","
    told = {
        "messages": totals.messages,
        "steps": [asdict(one) for one in totals.steps],
        "channels": [asdict(one) for one in totals.channels],
    }
    out.write(b'\n], "totals": ' + msgspec.json.encode(told) + b"}\n")
    out.flush()
