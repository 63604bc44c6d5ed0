"""``dossier postman``: sends the mails that wait, and shows what they say."""

import signal
from dataclasses import asdict
from threading import Event, Thread
from typing import Annotated

import typer

from api.cli.kit.options import Json
from api.cli.kit.output import as_json, errors, screen, table
from api.cli.kit.session import caught_up_session, level, tenant_session
from api.postman.build import build_email, build_letter
from api.postman.email.compose import Mail
from api.postman.letters.typeset import Letter
from api.postman.loop import IDLE, MAX_WAIT, SendingBlocked, SendingReport, send_pending
from api.postman.outbox import find, list_pending, reason_to_withdraw
from api.postman.preview import check_templates, example
from api.postman.send_emails import send_emails
from api.postman.settings import PLAIN, Settings, paper, settings, who_sends
from api.postman.templates import NAMES, own_folder
from api.session import TenantSession
from ledger.facts.codes import Channel
from ledger.policy.refusal import NotFound
from projections import outbox

app = typer.Typer()
postman = typer.Typer(
    help="Sends our mails, prints our letters; shows what waits and what they say."
)
app.add_typer(postman, name="postman")


@postman.callback(invoke_without_command=True, epilog="Example: `dossier postman --once --dry-run`")
def run(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Send what may go now, and stop.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would go now; send and record nothing.")
    ] = False,
) -> None:
    """Send the mails that wait, until stopped: by $DOSSIER_SMTP_URL, from $DOSSIER_MAIL_FROM.

    Letters are printed as PDF into $DOSSIER_LETTERS, when $DOSSIER_ADDRESS says where we are.
    """
    if ctx.invoked_subcommand:
        return
    if dry_run:
        with caught_up_session() as opened:
            for number in (
                *list_pending(opened, Channel.EMAIL),
                *list_pending(opened, Channel.LETTER),
            ):
                if why := reason_to_withdraw(opened, find(opened, number)):
                    typer.echo(f"{number} would be withdrawn: {why}\n")
                else:
                    _print(_form(opened, number))
        return
    told = settings()
    with tenant_session() as opened:
        if once:
            level(opened)
            done = send_pending(opened, told)
            if done.troubles:
                raise SendingBlocked(" ".join([_went(done, told), "; ".join(done.troubles)]))
            errors.print(_went(done, told))
            return
        stop = Event()
        for number_of_signal in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number_of_signal, lambda *_: Thread(target=stop.set).start())
        errors.print("The postman is on his way. Stop him with Ctrl-C.")
        wait = IDLE
        while not stop.wait(wait):
            level(opened)
            troubles = send_pending(opened, told, stop).troubles
            wait = min(wait * 2, MAX_WAIT) if troubles else IDLE
            for trouble in troubles:
                errors.print(trouble, style="yellow", markup=False)
    errors.print("The postman is home.")


@postman.command("list", epilog="Example: `dossier postman list`")
def list_waiting(json: Json = False) -> None:
    """What waits to be sent, and what failed; the oldest first."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        found = outbox.find(opened.tenant, limit=1_000).fetch(conn)
    if json:
        as_json([asdict(row) for row in found])
        return
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
                row.why or _stays(row),
            )
            for row in found
        ],
        right=("tries",),
    )


@postman.command(epilog="Example: `dossier postman send follow-up/D-17/2026-10-08`")
def send(
    messages: Annotated[list[str], typer.Argument(help="Their names; see `dossier postman list`.")],
) -> None:
    """Send these mails and no others, now that somebody has looked at them."""
    told = settings()
    if told.server is None:
        raise ValueError("No mail server is set: set DOSSIER_SMTP_URL.")
    with caught_up_session() as opened:
        there = set(list_pending(opened, Channel.EMAIL))
        for number in messages:
            if number not in there:
                raise NotFound("not-waiting", message=number)
        errors.print(f"Sent: {send_emails(opened, told, only=messages)}.")


@postman.command(
    epilog="Examples: `dossier postman preview follow-up/D-17/2026-10-08`,"
    " `dossier postman preview reminder --language nl`"
)
def preview(
    message: Annotated[str, typer.Argument(help="Of a message, or of a template.")],
    language: Annotated[str, typer.Option(help="Of a template.")] = "en",
    raw: Annotated[
        bool, typer.Option("--raw", help="The mail as it would go, or the PDF, byte by byte.")
    ] = False,
) -> None:
    """Show what a message says, or what a template makes of made-up invoices."""
    if message in NAMES:
        said = example(own_folder(), message, language)
        typer.echo(f"Subject: {said.subject}\n\n{said.text}", nl=False)
        return
    with tenant_session() as opened:
        form = _form(opened, message)
    if raw:
        typer.echo(form.raw if isinstance(form, Mail) else form.pdf, nl=False)
    else:
        _print(form)


@postman.command(
    epilog="Example: `dossier postman templates --check`. Exit code 1 when one cannot be used."
)
def templates(
    only_check: Annotated[
        bool, typer.Option("--check", help="Say only what is wrong with them.")
    ] = False,
) -> None:
    """List the templates; those in $DOSSIER_TEMPLATES go before the shipped ones."""
    found = list(check_templates(own_folder()))
    faults = [one for one in found if one.fault]
    for one in faults if only_check else found:
        screen.print(one.fault or f"{one.language}/{one.name}", markup=False)
    if only_check and not faults:
        screen.print(f"{len(found)} templates can be used.")
    if faults:
        raise typer.Exit(1)


def _stays(row: outbox.OutboxRow) -> str:
    waits = row.status == "asked" and row.channel == Channel.LETTER and paper() is None
    return "letters are printed once DOSSIER_ADDRESS is set" if waits else ""


def _went(done: SendingReport, told: Settings) -> str:
    mails = [f"Sent: {done.sent}."] if told.server else []
    return " ".join(mails + ([f"Printed: {done.printed}."] if told.paper else []))


def _form(opened: TenantSession, number: str) -> Mail | Letter:
    one = find(opened, number)
    if one.asked.channel is Channel.LETTER:
        return build_letter(opened, one, who_sends(), paper() or PLAIN, own_folder())
    return build_email(opened, one, who_sends(), own_folder())


def _print(form: Mail | Letter) -> None:
    to = ", ".join(form.recipients if isinstance(form, Mail) else form.to) or "nobody"
    what = "To" if isinstance(form, Mail) else "Letter to"
    files = ", ".join(one.name for one in form.attached) if isinstance(form, Mail) else ""
    attached = f"\nAttached: {files}" if files else ""
    typer.echo(f"{what}: {to}\nSubject: {form.subject}{attached}\n\n{form.text}")
