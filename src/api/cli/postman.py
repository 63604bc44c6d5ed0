"""``dossier postman``: send or show the messages that wait, and preview templates."""

from dataclasses import asdict
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import Csv, Json
from api.cli.kit.output import as_list, errors, screen, table
from api.cli.kit.session import caught_up_session, level, stop_on_signal, tenant_session
from api.firm import creditor_of
from api.postman.creditor import templates_of
from api.postman.email.compose import Mail
from api.postman.letters.typeset import Letter
from api.postman.loop import IDLE, MAX_WAIT, SendingBlocked, SendingReport, send_pending
from api.postman.outbox import find, list_pending, reason_to_withdraw
from api.postman.preview import check_templates, example
from api.postman.render import render
from api.postman.send_emails import send_emails
from api.postman.settings import Settings, paper, settings
from api.session import TenantSession
from ledger.facts.codes import Channel
from ledger.policy.messages.template_text import TEMPLATES
from ledger.policy.refusal import NotFound
from projections import outbox

SILENT = "Nothing is sent for this tenant: dossier creditor set --no-silent"
app = typer.Typer()
postman = typer.Typer(help="Send mails, print letters, and show messages and templates.")
app.add_typer(postman, name="postman")


@postman.callback(invoke_without_command=True, epilog="Example: `dossier postman --once --dry-run`")
def run(
    ctx: typer.Context,
    once: Annotated[bool, Option("--once", help="Send what is due now, and stop.")] = False,
    dry_run: Annotated[bool, Option("--dry-run", help="Print, but send nothing.")] = False,
) -> None:
    """Send the mails that wait through $DOSSIER_SMTP_URL from $DOSSIER_MAIL_FROM, until stopped.

    Letters are printed as PDF into $DOSSIER_LETTERS, once $DOSSIER_ADDRESS is set.
    """
    if ctx.invoked_subcommand:
        return
    if dry_run:
        with caught_up_session() as opened:
            for channel in (Channel.EMAIL, Channel.LETTER):
                for number in list_pending(opened, channel):
                    if why := reason_to_withdraw(opened, find(opened, number)):
                        typer.echo(f"{number} would be withdrawn: {why}\n")
                    else:
                        _print(render(opened, find(opened, number)))
        return
    post = settings()
    with tenant_session() as opened:
        if creditor_of(opened).silent:
            errors.print(SILENT, soft_wrap=True)
        if once:
            level(opened)
            done = send_pending(opened, post)
            if done.troubles:
                raise SendingBlocked(" ".join([_summary(done, post), "; ".join(done.troubles)]))
            errors.print(_summary(done, post))
        else:
            _send_until_stopped(opened, post)


def _send_until_stopped(opened: TenantSession, post: Settings) -> None:
    stop, wait = stop_on_signal(), IDLE
    errors.print("Postman runs. Stop it with Ctrl-C.")
    while not stop.wait(wait):
        level(opened)
        troubles = send_pending(opened, post, stop).troubles
        wait = min(wait * 2, MAX_WAIT) if troubles else IDLE
        for trouble in troubles:
            errors.print(trouble, style="yellow", markup=False)
    errors.print("Postman stopped.")


@postman.command("list", epilog="Example: `dossier postman list`")
def list_waiting(json: Json = False, csv: Csv = False) -> None:
    """List messages that wait or failed, the oldest first."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        found = outbox.find(opened.tenant, limit=1_000).fetch(conn)
    if json or csv:
        return as_list([asdict(row) for row in found], csv)
    table(
        f"Outbox of {opened.tenant}",
        ("message", "status", "channel", "to", "asked on", "tries", "why"),
        [
            (
                row.message,
                row.status,
                row.channel,
                ", ".join(row.recipients),
                row.asked_on,
                row.tries,
                row.why or _blocked(row),
            )
            for row in found
        ],
        right=("tries",),
    )


@postman.command(epilog="Example: `dossier postman send follow-up/D-17/2026-10-08`")
def send(messages: Annotated[list[str], Argument(help="Names of messages.")]) -> None:
    """Send only these mails."""
    post = settings()
    if post.server is None:
        raise ValueError("No mail server is set: set DOSSIER_SMTP_URL.")
    with caught_up_session() as opened:
        if creditor_of(opened).silent:
            raise ValueError(SILENT)
        pending = set(list_pending(opened, Channel.EMAIL))
        for number in messages:
            if number not in pending:
                raise NotFound("not-waiting", message=number)
        errors.print(f"Sent: {send_emails(opened, post, only=messages)}.")


@postman.command(epilog="Example: `dossier postman preview reminder --language nl`")
def preview(
    message: Annotated[str, Argument(help="Name of a message or template.")],
    language: Annotated[str, Option(help="Language of a template.")] = "en",
    raw: Annotated[bool, Option("--raw", help="Print the bytes of the mail or PDF.")] = False,
) -> None:
    """Show the text of a message, or of a template with sample invoices."""
    with tenant_session() as opened:
        if message in TEMPLATES:
            sample = example(templates_of(opened), message, language)
            typer.echo(f"Subject: {sample.subject}\n\n{sample.text}", nl=False)
            return
        rendered = render(opened, find(opened, message))
    if raw:
        typer.echo(rendered.raw if isinstance(rendered, Mail) else rendered.pdf, nl=False)
    else:
        _print(rendered)


@postman.command(epilog="Example: `dossier postman templates --check`. Exit code 1 on a fault.")
def templates(
    only_check: Annotated[bool, Option("--check", help="List only their faults.")] = False,
) -> None:
    """List the templates; your own replace those that are shipped (`dossier creditor template`)."""
    with tenant_session() as opened:
        found = list(check_templates(templates_of(opened)))
    faults = [template for template in found if template.fault]
    for template in faults if only_check else found:
        screen.print(template.fault or f"{template.language}/{template.name}", markup=False)
    if only_check and not faults:
        screen.print(f"{len(found)} templates can be used.")
    if faults:
        raise typer.Exit(1)


def _blocked(row: outbox.OutboxRow) -> str:
    waits = row.status == "asked" and row.channel == Channel.LETTER and paper() is None
    return "letters are printed once DOSSIER_ADDRESS is set" if waits else ""


def _summary(done: SendingReport, post: Settings) -> str:
    mails = [f"Sent: {done.sent}."] if post.server else []
    return " ".join(mails + ([f"Printed: {done.printed}."] if post.paper else []))


def _print(rendered: Mail | Letter) -> None:
    if isinstance(rendered, Mail):
        head = (
            f"To: {', '.join(rendered.recipients) or 'no recipient'}\nSubject: {rendered.subject}"
        )
        if rendered.attached:
            head += f"\nAttached: {', '.join(file.name for file in rendered.attached)}"
    else:
        head = f"Letter to: {', '.join(rendered.to) or 'no recipient'}\nSubject: {rendered.subject}"
    typer.echo(f"{head}\n\n{rendered.text}")
