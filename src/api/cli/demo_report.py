"""Reports at the end of the demo, for a file or a terminal of 80 columns or more."""

import shlex
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import compress
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api.cli.kit.output import grid, money, screen
from api.demo.people import AWAY
from api.demo.texts import TEAMS
from api.handoff.folder import HandOffResult
from api.session import TenantSession
from ledger.database.pool import Conn
from ledger.facts.books import INVOICE
from ledger.policy.visibility import EVERYTHING
from ledger.store.verify import verify
from projections import agenda, dispute_queries, inbox, outbox
from projections.contact_log import log
from projections.reports import cycle_times

WIDTH = 100
page = Console(width=min(screen.width, WIDTH), highlight=False, soft_wrap=False)
TOP = 12
SERVED = "http://127.0.0.1:8000"  # where `dossier serve` answers


def show_agenda(session: TenantSession, conn: Conn, on: date) -> None:
    """Print the most urgent task of each kind on that day, with its reasons."""
    every = agenda.list_due(session.tenant, on, limit=1_000, scope=EVERYTHING).fetch(conn)
    rows = [*{row.item.action: row for row in reversed(every)}.values()]
    rows.sort(key=lambda row: row.item.rank)
    away = ", ".join(f"{who} is away since {day}" for who, day in AWAY.items())
    _title(f"Agenda of {on}: the most urgent of each kind, of {len(every)} tasks ({away})")
    room = max(15, min(28, page.width - 65))  # for the name
    shape = f"{{:>7}}  {{:<20}}  {{:<9}}  {{:<{room}}}  {{:>13}}  {{:<6}}"
    head = shape.format("urgency", "what", "invoice", "debtor", "amount", "who")
    page.print(Text(head.rstrip(), style="bold"), overflow="ellipsis", no_wrap=True)
    for row in rows:
        item = row.item
        name = row.debtor_name or item.debtor
        amount = money(item.amount, item.currency)
        line = shape.format(
            -item.rank, item.action, item.invoice, name[:room], amount, item.collector
        )
        page.print(Text(line.rstrip()), overflow="ellipsis", no_wrap=True)
        page.print(Padding(Text("; ".join(item.why), style="dim"), (0, 0, 0, 9)))


def show_inbox(session: TenantSession, conn: Conn) -> None:
    """Print the mails that wait for a person, and why."""
    rows = inbox.waiting(session.tenant, limit=TOP).fetch(conn)
    _title(f"Inbox: {len(rows)} mails wait for a person; all others were filed")
    _table(
        ("received", "from", "subject", "why it waits"),
        [(row.received_on, row.from_, row.subject, row.why or _suggested(row)) for row in rows],
    )


def _suggested(row: inbox.InboxRow) -> str:
    return "; ".join(row.suggestions)


def show_outbox(session: TenantSession, conn: Conn) -> None:
    """Print the messages that wait to be sent, or failed."""
    rows = outbox.find(session.tenant, limit=1_000).fetch(conn)
    waiting = sum(row.status == "asked" for row in rows)
    _title(
        f"Outbox: {waiting} messages wait (the demo sends nothing), {len(rows) - waiting} failed"
    )
    first = {(row.status, row.channel, row.template, row.language): row for row in reversed(rows)}
    _table(
        ("status", "channel", "template", "in", "to", "message"),
        [
            (
                "failed" if row.status == "failed" else "waits",
                row.channel,
                row.template,
                row.language,
                ", ".join(", ".join(to.split("\n")) for to in row.recipients),
                row.message,
            )
            for row in [*first.values()][::-1][:TOP]
        ],
    )


def show_disputes(session: TenantSession, conn: Conn) -> None:
    """Print the latest disputes with their amounts and outcomes."""
    rows = dispute_queries.find(session.tenant, limit=10_000, scope=EVERYTHING).fetch(conn)
    _title(f"Dispute report: the last {min(TOP, len(rows))} of {len(rows)}")
    _table(
        ("opened", "invoice", "reason", "resolver", "original", "disputed", "credited", "outcome"),
        [
            (
                row.opened_on,
                row.invoice,
                _words(row.reason),
                row.resolver.partition("@")[0] or "none",
                money(row.original),
                money(row.disputed),
                money(row.credited),
                row.outcome or row.status,
            )
            for row in rows[-TOP:]
        ],
        right=("original", "disputed", "credited"),
        spare=("resolver", "credited"),
    )


def show_cycle_times(session: TenantSession, conn: Conn, on: date) -> None:
    """Print median days between the steps of a dispute, by the debtor's reason."""
    lags = cycle_times.cycle_times(session.tenant, "reason", scope=EVERYTHING).fetch(conn)
    days = {(row.group, row.lag): f"{row.median:,.1f}" for row in lags}
    counts = cycle_times.counts(session.tenant, on, "reason", scope=EVERYTHING).fetch(conn)
    _title("Cycle times by reason: median days")
    steps = {
        "assignment": "opened to\nassigned",
        "response": "assigned to\nanswered",
        "resolution": "opened to\nresolved",
        "settlement": "resolved to\nnotified",
        "cash": "resolved to\npaid",
    }

    _table(
        ("reason", "cases", "open", *steps.values()),
        [
            (_words(r.group), r.opened, r.still_open, *(days.get((r.group, s)) for s in steps))
            for r in counts
        ],
        right=("cases", "open", *steps.values()),
        spare=(steps["response"], steps["settlement"]),
    )


def show_contact_log(session: TenantSession, conn: Conn, number: str) -> None:
    """Print the file of an invoice in plain sentences, as for a judge."""
    rows = log.of_book(session.tenant, session.ledger.id_of(INVOICE, number)).fetch(conn)
    _title(f"Contact log of invoice {number}")
    _table(
        ("on", "by", "what"),
        [
            (row.happened_on, row.by.partition("@")[0], row.what + _flagged(row.flags))
            for row in rows
        ],
    )


def _flagged(flags: Sequence[str]) -> str:
    return f" [{', '.join(map(_words, flags))}]" if flags else ""


def richest(conn: Conn, tenant: str) -> str:
    """Return the number of the invoice with the most kinds of events."""
    row = conn.execute(
        "select i.number from contact_log c"
        " join invoices i on i.tenant_id = c.tenant_id and i.invoice_id = c.book_id"
        " where c.tenant_id = %s group by i.number"
        " order by count(distinct c.topic) desc, count(*) desc, i.number limit 1",
        [tenant],
    ).fetchone()
    assert row
    return str(row[0])


def letter_to_consumer(conn: Conn, tenant: str) -> str:
    """Return the name of the 14-day letter in the outbox."""
    rows = outbox.find(tenant, limit=1_000).fetch(conn)
    return next((row.message for row in rows if row.template == "fourteen-days"), "reminder")


def show_proof(session: TenantSession, conn: Conn) -> None:
    proof = verify(conn, session.tenant)
    _title("Proof")
    page.print(
        f"{proof.entries:,} entries in {proof.books:,} books: positions gapless, books contiguous,"
        " every content hash true."
    )


def show_hand_off(number: str, agency: str, handed: HandOffResult | str) -> None:
    _title("Hand-off")
    if isinstance(handed, str):
        page.print(Text(handed), soft_wrap=True)
        return
    counts = f"events {handed.events}, documents {handed.documents}"
    page.print(f"Invoice {number} is handed off to {agency} ({counts}); the folder:")
    page.print(Text(f"  {handed.folder}"), soft_wrap=True)
    page.print(f"SHA-256 of its manifest: {handed.manifest_sha256}")


def show_next(tenant: str, on: date, number: str, letter: str) -> None:
    """Print the strongest parts: commands to try on the same data, here and over HTTP."""
    start = f"{_dossier()} --tenant {tenant}"
    _title("At the desk")
    _commands(
        f"{_dossier()} serve  # prints a link that signs you in; keeps running",
        f"{start} user link bram  # a collector; in another terminal, and another browser",
        f"{start} user link {TEAMS['service']}  # a resolver",
        f"{start} user link 'an auditor'",
    )
    _title("Try next")
    _commands(
        f"{start} agenda --on {on} --collector anna  # today's work",
        f"{start} why {number}  # which rule, which facts",
        f"{start} inbox list  # mails to judge",
        f"{start} postman list  # what waits to be sent",
        f"{start} postman preview {letter}  # a 14-day letter",
        f"{start} disputes --status open",
        f"{start} cycle-times --by resolver --on {on}",
        f"{start} history {number}  # the file, as for a judge",
        f"{start} creditor show  # sender, letterhead, own texts",
        f'{start} record add-note --invoice {number} --text "Called back, all is well."',
    )
    _title("Or over HTTP")
    _commands(
        f"{_dossier()} serve  # keeps running; continue in another terminal",
        f'KEY="Authorization: Bearer $({start} user add anna --role collector)"',
        f'curl -H "$KEY" "{SERVED}/v1/agenda?on={on}&limit=3"',
        f'curl -H "$KEY" "{SERVED}/v1/disputes?status=open&limit=3"',
        f'curl -H "$KEY" -H "Accept: text/csv" "{SERVED}/v1/reports/ageing?on={on}"',
        f'curl -H "$KEY" "{SERVED}/v1/invoices/{quote(number, safe="")}/contact-log"',
    )
    page.print(Text(f"  Or open {SERVED} in a browser."))
    _title("Automatic follow-up")
    _commands(
        f"{start} playbook show > playbook.yaml",
        f"{start} playbook apply playbook.yaml",
        f"{start} simulate --from {on.replace(day=1)} --to {on}  # message by message",
        f"{start} clock --at {on + timedelta(days=1)}T10:00+02:00  # reminders",
        f"{start} postman --once --dry-run  # prints what would be sent",
        f"{start} why {number}",
    )


def _commands(*commands: str) -> None:
    for command in commands:
        page.print(Text(f"  {command}"), soft_wrap=True)


def _dossier() -> str:
    """Return the command's name, or its path: ``scripts/demo`` installs it off the PATH."""
    called = sys.argv[0]
    off_path = Path(called).name == "dossier" and not which("dossier")
    return shlex.quote(called) if off_path else "dossier"


def _title(text: str) -> None:
    page.print()
    page.print(Text(text, style="bold green"))


def _table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    right: Sequence[str] = (),
    spare: Sequence[str] = (),
) -> None:
    """Print a table; a narrow terminal leaves out the columns in ``spare``."""
    shown = [page.width >= WIDTH or column not in spare for column in columns]
    cells = [["" if c is None else str(c) for c in compress(row, shown)] for row in rows]
    page.print(grid([*compress(columns, shown)], cells, right, whole=("reason", "from", "to")))


def _words(code: str) -> str:
    return code.replace("_", " ")
