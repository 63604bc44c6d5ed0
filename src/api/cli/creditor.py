"""``dossier creditor``: the firm's own details, which debtors see."""

from typing import Annotated, Any

import msgspec
import typer
from typer import Option

from api.cli.kit.options import Because, By, Json
from api.cli.kit.output import as_json, errors, table
from api.cli.kit.session import acting, tenant_session
from commands.creditor import DescribeCreditor, OwnAccount
from commands.execute import execute
from ledger.facts.books import CREDITOR
from ledger.facts.creditor import DETAILS, NUMBER, Creditor

app = typer.Typer()
creditor = typer.Typer(
    no_args_is_help=True, help="Your firm: name, address, bank account, whom debtors call."
)
app.add_typer(creditor, name="creditor")


@creditor.command(epilog="Example: `dossier creditor show --json`")
def show(json: Json = False) -> None:
    """Show the details that messages, letters and pages use."""
    with tenant_session() as opened:
        state: Creditor = opened.ledger.book(CREDITOR, NUMBER).state
    details: dict[str, Any] = {
        name: msgspec.to_builtins(getattr(state, name)) for name in DETAILS if getattr(state, name)
    }
    if json:
        return as_json(details)
    rows = [(name.replace("_", " "), _shown(value)) for name, value in details.items()]
    table("Creditor", ("", ""), rows)
    if not state.bank_accounts:
        errors.print("Reminders cannot say where to pay: dossier creditor set --iban …")


@creditor.command(
    "set",
    epilog="Example: `dossier creditor set --iban NL91ABNA0417164300 --phone '+31 30 123 45 67'`",
)
def set_(
    name: str | None = None,
    address: Annotated[str | None, Option(help="Lines, separated by \\n.")] = None,
    country: Annotated[str | None, Option(help="Two letters, such as NL.")] = None,
    language: Annotated[str | None, Option(help="Such as nl.")] = None,
    email: Annotated[str | None, Option(help="Sender of messages.")] = None,
    reply_to: Annotated[str | None, Option(help="Address for replies.")] = None,
    contact: Annotated[str | None, Option(help="Whom debtors may call.")] = None,
    phone: str | None = None,
    iban: Annotated[list[str] | None, Option(help="Account to pay to; repeat for more.")] = None,
    holder: Annotated[str, Option(help="Name of the accounts' holder, if not yours.")] = "",
    bic: str = "",
    letter_foot: Annotated[str | None, Option(help="Lines, separated by \\n.")] = None,
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
        email=email,
        reply_to=reply_to,
        contact=contact,
        phone=phone,
        bank_accounts=accounts,
        letter_foot=_lines(letter_foot),
        why=why,
    )
    with tenant_session() as opened:
        done = execute(opened.ledger, [command], opened.context(**acting(by, because)))
    errors.print("On record." if done.entries else "This is how it is already.")


def _lines(text: str | None) -> str | None:
    return text and text.replace("\\n", "\n")


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(" ".join(filter(None, account.values())) for account in value)
    return str(value).replace("\n", ", ")
