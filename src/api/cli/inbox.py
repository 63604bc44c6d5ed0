"""``dossier inbox`` shows what a person has to look at, and takes what he adds."""

from collections.abc import Sequence
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api.cli.kit.options import Json, Limit, On
from api.cli.kit.output import as_json, errors, more, screen, table
from api.cli.kit.session import caught_up_session, me
from api.inbox import manual_entry
from api.session import TenantSession
from commands.context import Reactions
from commands.execute import execute
from commands.inbox.triage import AssignInbound, DismissInbound, LogInboundContact
from ledger.database import documents
from ledger.facts.codes import Channel
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailMatched, Sender
from ledger.policy.refusal import NotFound
from projections.inbox import InboxRow, get, waiting

app = typer.Typer()
inbox = typer.Typer(no_args_is_help=True, help="Mails that a person has to look at.")
app.add_typer(inbox, name="inbox")
TheMail = Annotated[UUID, typer.Argument(help="Its id, as `inbox list` shows it.")]
By = Annotated[str | None, typer.Option(help="Who says so; you if left out.")]


@inbox.command("list", epilog="Example: `dossier inbox list --sender person`")
def list_(
    sender: Annotated[Sender | None, typer.Option(help="Who is behind it.")] = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """The mails that wait, the oldest first."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        rows = waiting(opened.tenant, sender and sender.value, limit=limit).fetch(conn)
    if json:
        as_json(rows)
        return
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
    """One mail, with what it may be about and why."""
    with caught_up_session() as opened:
        row = _row(opened, mail)
    if json:
        as_json(row)
        return
    sender = f"{row.name} {row.from_}".strip()
    screen.print(f"From: {sender}\nSubject: {row.subject}\nWhy: {row.why}", markup=False)
    for flag in row.flags:
        screen.print(f"Flag: {flag}", markup=False)
    told = zip(row.suggested_invoices, row.suggested_debtors, row.suggestions, strict=True)
    for invoice, debtor, why in told:
        screen.print(f"Perhaps: {invoice or debtor}, as it {why}", markup=False)
    screen.print(f"\n{row.text}", markup=False)


@inbox.command(
    epilog="Example: `dossier inbox add --channel phone --phone 06-12345678 --text 'Pays Friday.'`"
)
def add(
    channel: Annotated[Channel, typer.Option(help="How it came.")],
    text: Annotated[str, typer.Option(help="What was said, or what it says.")],
    who: Annotated[str, typer.Option(help="Name of who said it.")] = "",
    phone: Annotated[str, typer.Option(help="His number, however it is written.")] = "",
    email: Annotated[str, typer.Option(help="His mail address.")] = "",
    on: On = None,
    document: Annotated[
        list[Path] | None,
        typer.Option(help="May be given several times.", exists=True, dir_okay=False),
    ] = None,
    invoice: Annotated[
        list[str] | None, typer.Option(help="Which it is about; found when left out.")
    ] = None,
    message_id: Annotated[
        str | None, typer.Option(help="Its id elsewhere: the same twice is one.")
    ] = None,
    by: By = None,
) -> None:
    """Log a call or a letter: it goes the way of any mail."""
    with caught_up_session() as opened:
        said = LogInboundContact(
            channel=channel,
            text=text,
            who=who,
            phone=phone,
            email=email,
            on=on.date() if on else None,
            documents=tuple(_kept(opened, one) for one in document or ()),
            invoices=tuple(invoice or ()),
            message_id=message_id,
        )
        plan = manual_entry.add_plan(opened, said)
        context = opened.context(by or me(), reactions=Reactions.IF_APPLIED)
        entries = execute(opened.ledger, plan, context).entries
    errors.print(_became(entries), markup=False)


@inbox.command(epilog="Example: `dossier inbox assign ID --invoice 2026-001`")
def assign(
    mail: TheMail,
    invoice: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    debtor: Annotated[str | None, typer.Option(help="When it is about no invoice.")] = None,
    by: By = None,
) -> None:
    """Say what a mail is about: it is logged there, and what follows from a mail follows."""
    with caught_up_session() as opened:
        name = _row(opened, mail).mail
        command = AssignInbound(mail=name, invoices=tuple(invoice or ()), debtor=debtor)
        context = opened.context(by or me(), reactions=Reactions.IF_APPLIED)
        execute(opened.ledger, manual_entry.assign_plan(opened, command), context)
    errors.print("Logged.")


@inbox.command(epilog="Example: `dossier inbox dismiss ID --why 'A newsletter.'`")
def dismiss(mail: TheMail, why: Annotated[str, typer.Option()], by: By = None) -> None:
    """Put a mail aside: there is nothing to be done with it."""
    with caught_up_session() as opened:
        command = DismissInbound(mail=_row(opened, mail).mail, why=why)
        execute(opened.ledger, [command], opened.context(by or me()))
    errors.print("Put aside.")


def _kept(opened: TenantSession, file: Path) -> str:
    media_type = guess_type(file.name)[0] or "application/octet-stream"
    with opened.pool.connection() as conn:
        return documents.save(conn, opened.tenant, file.read_bytes(), media_type)


def _became(entries: Sequence[Entry]) -> str:
    """Where it is logged, and what is still to be done with it."""
    if not entries:
        return "It is there already."
    matched = [one.event for one in entries if isinstance(one.event, MailMatched)]
    if not matched:
        return "It waits in the inbox: nobody knows what it is about."
    where = ", ".join(matched[0].invoices) or f"debtor {matched[0].debtor}"
    waits = f", and waits in the inbox: {matched[0].waits}" if matched[0].waits else ""
    return f"Logged with {where}{waits}."


def _row(opened: TenantSession, mail: UUID) -> InboxRow:
    with opened.pool.connection() as conn:
        row = get(opened.tenant, mail).first(conn)
    if row is None:
        raise NotFound("not-in-inbox", mail=mail)
    return row


def _perhaps(row: InboxRow) -> str:
    told = zip(row.suggested_invoices, row.suggested_debtors, strict=True)
    return ", ".join(dict.fromkeys(invoice or debtor for invoice, debtor in told))
