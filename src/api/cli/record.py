"""``dossier record``: any command entered manually; its options are the command's own fields."""

from collections.abc import Mapping
from dataclasses import make_dataclass
from decimal import Decimal
from functools import partial
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated, Any, Protocol

import msgspec
import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from api.cli.handoff import hand_off_question
from api.cli.kit.amounts import amount_fields, currency_in, shares, typed_amounts
from api.cli.kit.fields import example, help_text, is_enum, metavar, option
from api.cli.kit.output import as_json, confirm, screen
from api.cli.kit.session import acting, tenant_session
from api.session import TenantSession
from commands import COMMANDS
from commands.command import Command, InvoiceCommand
from commands.context import Reactions
from commands.disputes.resolutions import ReopenDispute, ResolveDispute
from commands.disputes.resolvers import AssignResolver
from commands.execute import Plan, Receipt, execute, preview
from commands.fields import unwrap_hint
from commands.handoffs import HandOff
from commands.invoices.contacts import AttachDocument
from commands.several_invoices import Divisible, divided
from ledger.database import documents
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor_events import MoneyReceived
from ledger.facts.entry import Entry
from ledger.facts.invoice.payments import CreditNoteIssued, PaymentReceived, WrittenOff

RUNS = (AssignResolver, ResolveDispute, ReopenDispute)  # from which the playbook continues
NONE, ALWAYS = Reactions.NONE, Reactions.ALWAYS
Option = tuple[str, Any] | tuple[str, Any, Any]  # name, annotation, default
SPLIT = "how the amount is split over the invoices: A=300,B=200; oldest first when left out"
ACTING = {
    "by": "who decided it; you when left out. For admins",
    "because": "why you record it for --by; kept with it",
}
OF_THE_FILE = ("sha256", "name", "media_type", "size")


def _fields(kind: type[Command]) -> dict[str, FieldInfo]:
    """The fields that are entered on the command line."""
    left_out = OF_THE_FILE if kind is AttachDocument else ()
    return {name: field for name, field in kind.model_fields.items() if name not in left_out}


class Typed(Protocol):
    """What was typed after a command: these options, and one for each field of the command."""

    kind: type[Command]
    by: str | None
    because: str | None
    in_json: bool


def _options(kind: type[Command]) -> type:
    """Return the class from which typer takes the options, and to which it gives their values."""
    options = [_option(kind, name, field) for name, field in _fields(kind).items()]
    if kind is AttachDocument:
        file = typer.Option("--file", help="the document", exists=True, dir_okay=False)
        options.append(("file", Annotated[Path, file]))
    if kind in RUNS:
        follow = typer.Option("--run", help="ask and tell whom the playbook says, as dispute does")
        options.append(("follow", Annotated[bool, follow], False))
    if issubclass(kind, Divisible):
        shares_ = typer.Option("--split", help=SPLIT, metavar="INVOICE=AMOUNT")
        options.append(("split", Annotated[list[str] | None, shares_], None))
    if kind is HandOff:
        sure = typer.Option("--yes", "-y", help="write without asking")
        options.append(("yes", Annotated[bool, sure], False))
    for name, about in ACTING.items():
        who = typer.Option(option(name), help=about)
        options.append((name, Annotated[str | None, who], None))
    in_json = typer.Option("--json", help="answer in JSON")
    options.append(("in_json", Annotated[bool, in_json], False))
    options.sort(key=len)  # what is required has no default, and comes first
    return make_dataclass(f"{kind.__name__}Options", options, namespace={"kind": kind})


def _option(kind: type[Command], name: str, field: FieldInfo) -> Option:
    hint, many = unwrap_hint(field.annotation)
    many = many or (name == "invoice" and issubclass(kind, InvoiceCommand))
    described = typer.Option(option(name), help=help_text(field, many), metavar=metavar(hint))
    shown: Any = hint if is_enum(hint) or hint is bool else str
    if many:
        shown = list[shown]
    if field.is_required():
        return name, Annotated[shown, described]
    default = False if shown is bool else None
    return name, Annotated[shown if shown is bool else shown | None, described], default


def _run(typed: Typed) -> None:
    """Execute the command that was typed, and print what was written."""
    kind, options = typed.kind, vars(typed)
    given = {name: options[name] for name in _fields(kind) if options[name] is not None}
    given = {name: _value(kind, name, value) for name, value in given.items()}
    file: Path | None = options.get("file")
    content = file.read_bytes() if file else b""
    given |= _named(file, content) if file else {}
    split = options.get("split") or []
    reactions = (ALWAYS if options["follow"] else NONE) if kind in RUNS else None
    _commands(kind, given | typed_amounts(kind, given), shares(split, None))  # of a right form
    with tenant_session() as opened:
        currency = partial(currency_in, opened, given)
        given |= typed_amounts(kind, given, currency)
        commands = _commands(kind, given, shares(split, currency() if split else None))
        if file and not callable(commands):
            _keep(opened, content, commands)
        context = opened.context(**acting(typed.by, typed.because), reactions=reactions)
        if kind is HandOff and isinstance(commands, list):
            question = hand_off_question(commands, preview(opened.ledger, commands, context))
            confirm(question, options["yes"])
        receipt = execute(opened.ledger, commands, context)
    _answer(receipt, typed.in_json, callable(commands))


def _named(file: Path, content: bytes) -> dict[str, Any]:
    """How the book will name a file."""
    media_type = guess_type(file.name)[0] or "application/octet-stream"
    named = (sha256(content).hexdigest(), file.name, media_type, len(content))
    return dict(zip(OF_THE_FILE, named, strict=True))


def _keep(session: TenantSession, content: bytes, commands: list[Command]) -> None:
    """Unless none of the books is there that will name it."""
    if any(session.ledger.book(command.kind, command.number).state.known for command in commands):
        [media_type] = {
            command.media_type for command in commands if isinstance(command, AttachDocument)
        }
        with session.pool.connection() as conn:
            documents.save(conn, session.tenant, content, media_type)


def _commands(
    kind: type[Command], given: dict[str, Any], split: Mapping[str, Decimal]
) -> list[Command] | Plan:
    """One command, or the same over several invoices: one transaction, one case id, one amount."""
    invoices = given.get("invoice")
    if not isinstance(invoices, list):
        return [kind.model_validate(given)]
    first = kind.model_validate(given | {"invoice": invoices[0]})
    if isinstance(first, Divisible) and len(invoices) > 1 and first.amount is not None:
        return partial(divided, command=first, numbers=invoices, stated=split)
    if split:
        raise ValueError("--split needs several invoices and --amount")
    own = [name for name in (*amount_fields(kind), "lines") if name in given and name != "percent"]
    if len(invoices) > 1 and own:
        once = ", with one --case-id" if "case_id" in kind.model_fields else ""
        raise ValueError(f"say {option(own[0])} for one invoice at a time{once}")
    return [kind.model_validate(first.model_dump() | {"invoice": number}) for number in invoices]


def _value(kind: type[Command], name: str, value: Any) -> Any:
    """Decode a value that has fields of its own: JSON."""
    hint, _ = unwrap_hint(kind.model_fields[name].annotation)
    if not (isinstance(hint, type) and issubclass(hint, BaseModel)):
        return value
    try:
        return [msgspec.json.decode(text) for text in value]
    except msgspec.DecodeError as error:
        raise ValueError(f"{option(name)} takes {metavar(hint)} in JSON: {error}") from None


def _answer(receipt: Receipt, in_json: bool, divided: bool) -> None:
    written = receipt.entries
    if in_json:
        entries = [
            {
                "position": e.position,
                "line": e.line,
                "topic": e.event.topic,
                "flags": e.flags,
                "event": e.event,
            }
            for e in written
        ]
        as_json({"position": written[-1].position if written else 0, "entries": entries})
        return
    if not written:
        screen.print("Nothing to write: it was so already.")
    for entry in written:
        odd = f"  (looks odd: {', '.join(entry.flags)})" if entry.flags else ""
        share = _share(receipt, entry) if divided else ""
        screen.print(f"{entry.position}  {entry.event.topic}{share}{odd}", markup=False)


def _share(receipt: Receipt, entry: Entry) -> str:
    """Say which part of a divided amount the entry is."""
    states = {**receipt.work.states(INVOICE), **receipt.work.states(DEBTOR)}
    match entry.event:
        case PaymentReceived() | CreditNoteIssued() | WrittenOff() as e:
            return f": {e.amount} on invoice {states[entry.book_id].number}"
        case MoneyReceived() as e:
            return f": {e.amount} waits with debtor {states[entry.book_id].number}"
    return ""


record = typer.Typer(
    result_callback=_run,  # gets what a command returns: its options
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="""Record any command: `dossier record COMMAND --help` shows its options.

Examples:

- `dossier record register-invoice --invoice 2026-001 --amount 1210 --due-on 2026-03-01`
- `dossier record open-dispute --invoice 2026-001 --reason price --comment "Agreed 10% less."`
- `dossier record assign-resolver --invoice 2026-001 --resolver sam@seller.example`
- `dossier record resolve-dispute --invoice 2026-001 --outcome credited --root-cause pricing`""",
)
for _kind in COMMANDS.values():
    _about, _shown = _kind.__doc__, dict[str, FieldInfo | None](_fields(_kind))
    if _kind is AttachDocument:
        _about, _shown["file"] = "Keep a document, and name it in the file.", None
    _example = f"Example: `{example(_kind.verb(), _shown)}`"
    record.command(_kind.verb(), help=_about, epilog=_example)(_options(_kind))
