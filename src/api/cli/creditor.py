"""``dossier creditor``: the firm's own details, which debtors see."""

from base64 import b64encode
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from api.cli.kit.options import Because, By, Json
from api.cli.kit.output import as_json, errors, table
from api.cli.kit.recording import record
from api.cli.kit.session import tenant_session
from api.cli.templates import template
from api.firm import details, follow_time_zone, keep_logo
from commands.creditor import DescribeCreditor, OwnAccount
from commands.logo import ShowLogo

app = typer.Typer()
creditor = typer.Typer(
    no_args_is_help=True, help="Your firm: name, address, bank account, whom debtors call."
)
creditor.add_typer(template, name="template")
app.add_typer(creditor, name="creditor")


@creditor.command(epilog="Example: `dossier creditor show --json`")
def show(json: Json = False) -> None:
    """Show the details that messages, letters and pages use."""
    with tenant_session() as opened:
        found = {name: value for name, value in details(opened).items() if _given(value)}
    if json:
        return as_json(found)
    rows = [(name.replace("_", " "), _shown(value)) for name, value in found.items()]
    table("Creditor", ("", ""), rows)
    if "bank_accounts" not in found:
        errors.print("Reminders cannot say where to pay: dossier creditor set --iban …")


@creditor.command(
    "set",
    epilog="Example: `dossier creditor set --iban NL91ABNA0417164300 --phone '+31 30 123 45 67'`",
)
def set_(
    name: str | None = None,
    address: Annotated[str | None, Option(help="Lines, separated by \\n.")] = None,
    country: Annotated[str | None, Option(help="Two letters, such as NL.")] = None,
    language: Annotated[str | None, Option(help="nl, de, fr or en.")] = None,
    time_zone: Annotated[str | None, Option(help="Such as Europe/Amsterdam.")] = None,
    email: Annotated[str | None, Option(help="Address that sends messages.")] = None,
    sender_name: Annotated[str | None, Option(help="Who sends, if not the name.")] = None,
    reply_to: Annotated[str | None, Option(help="Address for replies.")] = None,
    contact: Annotated[str | None, Option(help="Whom debtors may call.")] = None,
    phone: str | None = None,
    iban: Annotated[list[str] | None, Option(help="Account to pay to; repeat for more.")] = None,
    holder: Annotated[str, Option(help="Name of the accounts' holder, if not yours.")] = "",
    bic: str = "",
    letter_head: Annotated[str | None, Option(help="Lines, separated by \\n.")] = None,
    letter_foot: Annotated[str | None, Option(help="Lines, separated by \\n.")] = None,
    silent: Annotated[
        bool | None, Option("--silent/--no-silent", help="Send nothing: messages wait.")
    ] = None,
    accent: Annotated[
        str | None, Option(help="Colour of pages and mails, such as #0a7d3c; '' for none.")
    ] = None,
    why: str = "",
    by: By = None,
    because: Because = None,
) -> None:
    """Change details; those left out stay. Every change is on record."""
    accounts = (
        tuple(OwnAccount(iban=given, name=holder, bic=bic) for given in iban) if iban else None
    )
    command = DescribeCreditor(
        name=name,
        address=_lines(address),
        country=country,
        language=language,
        time_zone=time_zone,
        email=email,
        sender_name=sender_name,
        reply_to=reply_to,
        contact=contact,
        phone=phone,
        bank_accounts=accounts,
        letter_head=_lines(letter_head),
        letter_foot=_lines(letter_foot),
        silent=silent,
        accent=accent,
        why=why,
    )
    with tenant_session() as opened:
        record(opened, command, by, because)
        follow_time_zone(opened)


@creditor.command(epilog="Example: `dossier creditor logo korenaar.svg`")
def logo(
    file: Annotated[Path | None, Argument(help="PNG or SVG of 64 kB at most.")] = None,
    remove: Annotated[bool, Option("--remove", help="Show no logo.")] = False,
    by: By = None,
    because: Because = None,
) -> None:
    """Show a logo on letters, mails (PNG) and pages."""
    if bool(file) is remove:
        raise ValueError("Give the file, or --remove.")
    command = ShowLogo(content=b64encode(file.read_bytes()).decode() if file else "")
    with tenant_session() as opened:
        keep_logo(opened, command)
        record(opened, command, by, because)


def _given(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _lines(text: str | None) -> str | None:
    return text and text.replace("\\n", "\n")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["media_type"])
    if isinstance(value, list | tuple):
        return "; ".join(
            " ".join(filter(None, each.values())) if isinstance(each, dict) else each
            for each in value
        )
    return str(value).replace("\n", ", ")
