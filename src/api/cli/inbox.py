"""``dossier inbox``: list, show, add, assign and dismiss received messages."""

from collections.abc import Sequence
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import Because, By, Csv, Json, Limit, On
from api.cli.kit.output import as_json, as_list, errors, more, screen, table
from api.cli.kit.session import acting, caught_up_session
from api.inbox import manual_entry
from api.inbox.waiting_mail import waiting_mail
from api.session import TenantSession
from commands.context import Reactions
from commands.execute import execute
from commands.inbox.triage import AssignInbound, DismissInbound, LogInboundContact
from ledger.database import documents
from ledger.facts.codes import Channel
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailMatched, Sender
from ledger.policy.refusal import NotFound, Refused
from projections.inbox import InboxRow, beginning, waiting

app = typer.Typer()
inbox = typer.Typer(no_args_is_help=True, help="Received messages that a person has to check.")
app.add_typer(inbox, name="inbox")
TheMail = Annotated[
    str, Argument(help="Id of the message, or how it begins; see `inbox list`.", metavar="ID")
]


@inbox.command("list", epilog="Example: `dossier inbox list --sender person`")
def list_(
    sender: Annotated[Sender | None, Option(help="Kind of sender.")] = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List the messages that wait, the oldest first."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        rows = waiting(opened.tenant, sender and sender.value, limit=limit).fetch(conn)
    if json or csv:
        return as_list([waiting_mail(row) for row in rows], csv)
    table(
        "Inbox",
        ("id", "received", "by", "from", "subject", "why", "perhaps"),
        [
            (
                str(row.id),
                row.received_on,
                row.channel,
                row.from_ or row.name,
                row.subject,
                row.why,
                _perhaps(row),
            )
            for row in rows
        ],
    )
    more(len(rows), limit)


@inbox.command(epilog="Example: `dossier inbox show 00000000-0000-4000-8000-000000000001`")
def show(mail: TheMail, json: Json = False) -> None:
    """Show a message with the invoices or debtors that it may be about, and why."""
    with caught_up_session() as opened:
        row = _row(opened, mail)
    if json:
        return as_json(waiting_mail(row))
    sender = f"{row.name} {row.from_}".strip()
    screen.print(f"From: {sender}\nSubject: {row.subject}\nWhy: {row.why}", markup=False)
    for flag in row.flags:
        screen.print(f"Flag: {flag}", markup=False)
    suggested = zip(row.suggested_invoices, row.suggested_debtors, row.suggestions, strict=True)
    for invoice, debtor, why in suggested:
        screen.print(f"Perhaps: {invoice or debtor}, as it {why}", markup=False)
    screen.print(f"\n{row.text}", markup=False)


@inbox.command(epilog="Example: `dossier inbox add --channel phone --text 'Pays Friday.'`")
def add(
    channel: Annotated[Channel, Option(help="Channel of the contact.")],
    text: Annotated[str, Option(help="Text of the letter, or summary of the call.")],
    who: Annotated[str, Option(help="Name of the caller or writer.")] = "",
    phone: Annotated[str, Option(help="Their telephone number, in any form.")] = "",
    email: Annotated[str, Option(help="Their mail address.")] = "",
    on: On = None,
    document: Annotated[
        list[Path] | None,
        Option(help="Attached file; may be repeated.", exists=True, dir_okay=False),
    ] = None,
    invoice: Annotated[list[str] | None, Option(help="Invoice; matched if left out.")] = None,
    message_id: Annotated[str | None, Option(help="Its id elsewhere; logged once.")] = None,
    by: By = None,
    because: Because = None,
) -> None:
    """Log a call or a letter; it is matched as any mail is."""
    with caught_up_session() as opened:
        contact = LogInboundContact(
            channel=channel,
            text=text,
            who=who,
            phone=phone,
            email=email,
            on=on.date() if on else None,
            documents=tuple(_save(opened, file) for file in document or ()),
            invoices=tuple(invoice or ()),
            message_id=message_id,
        )
        plan = manual_entry.add_plan(opened, contact)
        context = opened.context(**acting(by, because), reactions=Reactions.IF_APPLIED)
        entries = execute(opened.ledger, plan, context).entries
    errors.print(_outcome(entries), markup=False)


@inbox.command(epilog="Example: `dossier inbox assign ID --invoice 2026-001`")
def assign(
    mail: TheMail,
    invoice: Annotated[list[str] | None, Option(help="Number; may be repeated.")] = None,
    debtor: Annotated[str | None, Option(help="Number, if it is about no invoice.")] = None,
    by: By = None,
    because: Because = None,
) -> None:
    """Assign a message to invoices or a debtor; it is logged there as any mail is."""
    with caught_up_session() as opened:
        name = _row(opened, mail).mail
        command = AssignInbound(mail=name, invoices=tuple(invoice or ()), debtor=debtor)
        context = opened.context(**acting(by, because), reactions=Reactions.IF_APPLIED)
        execute(opened.ledger, manual_entry.assign_plan(opened, command), context)
    errors.print("Logged.")


@inbox.command(epilog="Example: `dossier inbox dismiss ID --why 'A newsletter.'`")
def dismiss(
    mail: TheMail,
    why: Annotated[str, Option(help="Reason.")],
    by: By = None,
    because: Because = None,
) -> None:
    """Dismiss a message that needs no action."""
    with caught_up_session() as opened:
        command = DismissInbound(mail=_row(opened, mail).mail, why=why)
        execute(opened.ledger, [command], opened.context(**acting(by, because)))
    errors.print("Dismissed.")


def _save(opened: TenantSession, file: Path) -> str:
    media_type = guess_type(file.name)[0] or "application/octet-stream"
    with opened.pool.connection() as conn:
        return documents.save(conn, opened.tenant, file.read_bytes(), media_type)


def _outcome(entries: Sequence[Entry]) -> str:
    """Return where the message is logged, and why it still waits, if it does."""
    if not entries:
        return "Already logged."
    matched = [entry.event for entry in entries if isinstance(entry.event, MailMatched)]
    if not matched:
        return "It waits in the inbox: no invoice or debtor matches."
    where = ", ".join(matched[0].invoices) or f"debtor {matched[0].debtor}"
    waits = f", and waits in the inbox: {matched[0].waits}" if matched[0].waits else ""
    return f"Logged with {where}{waits}."


def _row(opened: TenantSession, mail: str) -> InboxRow:
    """Return the only message that waits and whose id begins so. Raises ``NotFound``."""
    with opened.pool.connection() as conn:
        found = beginning(opened.tenant, mail).fetch(conn)
    if len(found) > 1:
        raise Refused("several-in-inbox", mail=mail)
    if not found:
        raise NotFound("not-in-inbox", mail=mail)
    return found[0]


def _perhaps(row: InboxRow) -> str:
    pairs = zip(row.suggested_invoices, row.suggested_debtors, strict=True)
    return ", ".join(dict.fromkeys(invoice or debtor for invoice, debtor in pairs))
