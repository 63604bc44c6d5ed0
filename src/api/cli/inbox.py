"""``dossier mailbox`` takes mail in; ``dossier inbox`` shows what a person has to look at."""

import signal
from contextlib import closing
from threading import Event, Thread
from typing import Annotated
from uuid import UUID

import typer

from api import wiring
from api.cli.desk import database, level_desk, me
from api.cli.options import Json, Limit
from api.cli.show import as_json, errors, more, screen, table
from api.mailbox import by_hand
from api.mailbox.imap import SETTING, boxes, fetch
from api.mailbox.running import threads
from api.wiring import Desk
from commands.command import Unknown
from commands.handling import Context, handle
from commands.incoming import AssignMail, DismissMail
from ledger.incoming import Sender
from ledger.pool import open_pool
from ledger.store import Ledger
from projections.inbox import InboxRow, get, waiting

app = typer.Typer()
inbox = typer.Typer(no_args_is_help=True, help="Mails that a person has to look at.")
app.add_typer(inbox, name="inbox")
TheMail = Annotated[UUID, typer.Argument(help="Its id, as `inbox list` shows it.")]
By = Annotated[str | None, typer.Option(help="Who says so; you if left out.")]


@app.command(epilog="Example: `dossier mailbox --once`")
def mailbox(
    once: Annotated[bool, typer.Option("--once", help="Only what is there now.")] = False,
) -> None:
    """Take in the mail of the mailboxes in DOSSIER_MAILBOXES, until stopped."""
    found = boxes()
    if not found:
        raise ValueError(f"no mailbox is set: {SETTING}=imaps://user:password@host/INBOX")
    with database() as url, open_pool(url) as pool:
        if once:
            for one in found:
                with closing(Ledger(pool, one.tenant)) as ledger:
                    count = fetch(Desk(pool, ledger, wiring.now), one)
                errors.print(f"{one.name}: {count} new.", markup=False)
            return
        _until_stopped(threads(pool, found, stop := Event(), wiring.now), stop)


def _until_stopped(watching: list[Thread], stop: Event) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    for one in watching:
        one.start()
    errors.print("Reading mail. Stop it with Ctrl-C.")
    for one in watching:
        one.join()
    errors.print("Stopped.")


@inbox.command("list", epilog="Example: `dossier inbox list --sender person`")
def list_(
    sender: Annotated[Sender | None, typer.Option(help="Who is behind it.")] = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """The mails that wait, the oldest first."""
    with level_desk() as opened, opened.pool.connection() as conn:
        rows = waiting(opened.tenant, sender and sender.value, limit=limit).fetch(conn)
    if json:
        as_json(rows)
        return
    table(
        "Inbox",
        ("id", "received", "from", "subject", "why", "perhaps"),
        [
            (str(row.id), row.received_on, row.from_, row.subject, row.why, _perhaps(row))
            for row in rows
        ],
    )
    more(len(rows), limit)


@inbox.command(epilog="Example: `dossier inbox show 00000000-0000-4000-8000-000000000001`")
def show(mail: TheMail, json: Json = False) -> None:
    """One mail, with what it may be about and why."""
    with level_desk() as opened:
        row = _row(opened, mail)
    if json:
        as_json(row)
        return
    screen.print(f"From: {row.from_}\nSubject: {row.subject}\nWhy: {row.why}", markup=False)
    for flag in row.flags:
        screen.print(f"Flag: {flag}", markup=False)
    told = zip(row.suggested_invoices, row.suggested_debtors, row.suggestions, strict=True)
    for invoice, debtor, why in told:
        screen.print(f"Perhaps: {invoice or debtor}, as it {why}", markup=False)
    screen.print(f"\n{row.text}", markup=False)


@inbox.command(epilog="Example: `dossier inbox assign ID --invoice 2026-001`")
def assign(
    mail: TheMail,
    invoice: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    debtor: Annotated[str | None, typer.Option(help="When it is about no invoice.")] = None,
    by: By = None,
) -> None:
    """Say what a mail is about: it is logged there, and what follows from a mail follows."""
    with level_desk() as opened:
        name = _row(opened, mail).mail
        wish = AssignMail(mail=name, invoices=tuple(invoice or ()), debtor=debtor)
        at = opened.clock()
        wishes = by_hand.assign(opened.ledger, wish, at)
        handle(opened.ledger, *wishes, context=Context(by or me(), at))
    errors.print("Logged.")


@inbox.command(epilog="Example: `dossier inbox dismiss ID --why 'A newsletter.'`")
def dismiss(mail: TheMail, why: Annotated[str, typer.Option()], by: By = None) -> None:
    """Put a mail aside: there is nothing to be done with it."""
    with level_desk() as opened:
        wish = DismissMail(mail=_row(opened, mail).mail, why=why)
        handle(opened.ledger, wish, context=Context(by or me(), opened.clock()))
    errors.print("Put aside.")


def _row(opened: Desk, mail: UUID) -> InboxRow:
    with opened.pool.connection() as conn:
        row = get(opened.tenant, mail).one(conn)
    if row is None:
        raise Unknown(f"No mail {mail} waits.")
    return row


def _perhaps(row: InboxRow) -> str:
    told = zip(row.suggested_invoices, row.suggested_debtors, strict=True)
    return ", ".join(dict.fromkeys(invoice or debtor for invoice, debtor in told))
