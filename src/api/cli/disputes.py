"""``dossier dispute`` opens a dispute and what follows; ``dossier links`` serves resolvers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import typer
from typer import Argument, Option

from api.cli.kit.amounts import typed_amount
from api.cli.kit.options import DAY, Because, By, Json
from api.cli.kit.output import as_json, errors, screen
from api.cli.kit.session import acting, tenant_session
from api.links.secrets import rotate
from api.links.urls import calendar_url, public_url
from commands.context import Overrides, Reactions
from commands.disputes.opening import OpenDispute
from commands.execute import execute, preview
from ledger.facts.books import INCOMING, INVOICE, kind_of_event, replay
from ledger.facts.codes import Reason
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.outbound import MessageAsked
from ledger.policy.refusal import NotFound

app = typer.Typer()
links = typer.Typer(
    no_args_is_help=True, help="Links by which resolvers see and answer their tasks."
)
app.add_typer(links, name="links")


@app.command(epilog="Example: `dossier dispute 2026-001 --reason price --comment '10 % less.'`")
def dispute(
    invoices: Annotated[list[str], Argument(help="Numbers of the invoices, of one debtor.")],
    reason: Annotated[Reason, Option(help="Reason that the debtor gives.")],
    comment: Annotated[str, Option(help="The debtor's statement, in full.")],
    contested: Annotated[str | None, Option(help="Disputed amount; all if left out.")] = None,
    raised_on: Annotated[datetime | None, Option(formats=DAY, help="The debtor's date.")] = None,
    resolver: Annotated[str | None, Option(help="Resolver; by the playbook if left out.")] = None,
    expected: Annotated[str, Option(help="Question; by the playbook if left out.")] = "",
    follow_up_on: Annotated[
        datetime | None,
        Option(formats=DAY, help="Due date of the answer; by the playbook if left out."),
    ] = None,
    mail: Annotated[
        UUID | None, Option(help="Message of the inbox it is opened from; it waits no more.")
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="Show, but write nothing.")] = False,
    by: By = None,
    because: Because = None,
    json: Json = False,
) -> None:
    """Open a dispute, assign a resolver and send messages, as the playbook has it."""
    if contested and len(invoices) > 1:
        raise ValueError(
            "--contested needs exactly one invoice: open each part with `dossier record`"
        )
    given: dict[str, Any] = {"reason": reason, "comment": comment, "raised_on": raised_on}
    given["contact_id"] = contact_id_of(_message(mail)) if mail else None
    own = Overrides(resolver, expected, follow_up_on.date() if follow_up_on else None)
    with tenant_session() as opened:
        if contested:
            currency = opened.ledger.book(INVOICE, invoices[0]).state.currency
            given["contested"] = typed_amount("--contested", contested, currency)
        shared = OpenDispute.model_validate({**given, "invoice": invoices[0]}).model_dump()
        commands = [OpenDispute.model_validate({**shared, "invoice": each}) for each in invoices]
        context = opened.context(**acting(by, because), reactions=Reactions.ALWAYS, overrides=own)
        if dry_run:
            entries = preview(opened.ledger, commands, context)
        else:
            entries = [*execute(opened.ledger, commands, context).entries]
        applied = opened.playbook()[0].known
    if json:
        as_json([{"topic": entry.event.topic, "event": entry.event} for entry in entries])
    else:
        _describe(entries, invoices)
        if not applied:
            screen.print("No playbook was applied: nobody is written to.")


def _message(mail: UUID) -> str:
    """Return the name of a message of the inbox. Raises ``NotFound``."""
    with tenant_session() as opened:
        entries = opened.ledger.history(mail)
    if not entries or kind_of_event(entries[0].event) is not INCOMING:
        raise NotFound("no-mail", mail=mail)
    return replay(INCOMING, mail, entries).state.number


def _describe(entries: list[Entry], invoices: list[str]) -> None:
    lines, numbers = list[str](), iter(invoices)
    for event in (entry.event for entry in entries):
        match event:
            case DisputeOpened():
                disputed = f"{event.disputed} of invoice {next(numbers)}"
                lines += [f"Case {event.case_id}.", f"{disputed} is disputed; follow-up pauses."]
            case ResolverAssigned():
                question = f" The question: {event.expected}" if event.expected else ""
                lines += [f"{event.resolver} must answer by {event.follow_up_on}.{question}"]
            case MessageAsked():
                lines += [f"Mail to {', '.join(event.to)}: {event.purpose}."]
    if not any(isinstance(entry.event, ResolverAssigned) for entry in entries):
        lines += ["The playbook names no resolver: assigning a resolver is on the agenda."]
    for line in dict.fromkeys(lines):
        screen.print(line, markup=False, soft_wrap=True)


@links.command(epilog="Example: `dossier links calendar sam@seller.example`")
def calendar(resolver: Annotated[str, Argument(help="As named in the disputes.")]) -> None:
    """Print the secret address of a resolver's tasks, for Outlook or another calendar."""
    if not public_url():
        raise ValueError(
            "set the address at which resolvers reach Dossier: DOSSIER_PUBLIC_URL=https://…"
        )
    with tenant_session() as opened:
        typer.echo(calendar_url(opened.pool, opened.tenant, resolver, opened.clock()))


@links.command("rotate", epilog="Example: `dossier links rotate`")
def rotate_() -> None:
    """Sign links with a new secret. Links older than the rotation before this end at once."""
    with tenant_session() as opened, opened.pool.connection() as conn:
        rotate(conn, opened.tenant, opened.clock())
    errors.print("New links have a new secret; rotate again to end the earlier links.")
