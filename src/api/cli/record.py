"""``dossier record``: any command by hand; its options are the command's own fields."""

from collections.abc import Sequence
from hashlib import sha256
from inspect import Parameter, Signature
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from api.cli.kit.fields import example, is_enum, metavar, option, told
from api.cli.kit.output import as_json, screen
from api.cli.kit.session import me, tenant_session
from api.session import TenantSession
from commands import COMMANDS
from commands.command import Command, InvoiceCommand
from commands.context import Reactions
from commands.disputes.resolutions import ReopenDispute, ResolveDispute
from commands.disputes.resolvers import AssignResolver
from commands.execute import execute
from commands.fields import unwrap_hint
from commands.invoices.contacts import AttachDocument
from ledger.database import documents
from ledger.facts.entry import Entry

record = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="""Record any command by hand: `dossier record COMMAND --help` tells its options.

Examples:

- `dossier record register-invoice --invoice 2026-001 --amount 1210 --due-on 2026-03-01`
- `dossier record open-dispute --invoice 2026-001 --reason price --comment "Agreed 10% less."`
- `dossier record assign-resolver --invoice 2026-001 --resolver sam@seller.example`
- `dossier record resolve-dispute --invoice 2026-001 --outcome credited --root-cause pricing`""",
)
RUNS = (AssignResolver, ResolveDispute, ReopenDispute)  # what the playbook goes on from
NONE, ALWAYS = Reactions.NONE, Reactions.ALWAYS
OF_THE_FILE = ("sha256", "name", "media_type", "size")


def _fields(kind: type[Command]) -> dict[str, FieldInfo]:
    """Those that are said by hand."""
    left_out = OF_THE_FILE if kind is AttachDocument else ()
    return {name: field for name, field in kind.model_fields.items() if name not in left_out}


def _parameters(kind: type[Command]) -> list[Parameter]:
    made = [_parameter(kind, name, field) for name, field in _fields(kind).items()]
    if kind is AttachDocument:
        file = typer.Option("--file", help="the document", exists=True, dir_okay=False)
        made.append(_keyword("file", Annotated[Path, file], Parameter.empty))
    if kind in RUNS:
        follow = typer.Option("--run", help="ask and tell whom the playbook says, as dispute does")
        made.append(_keyword("follow", Annotated[bool, follow], False))
    who = typer.Option("--by", help="who says so; you when left out")
    made.append(_keyword("by", Annotated[str | None, who], None))
    in_json = typer.Option("--json", help="answer in JSON")
    made.append(_keyword("in_json", Annotated[bool, in_json], False))
    return sorted(made, key=lambda parameter: parameter.default is not Parameter.empty)


def _parameter(kind: type[Command], name: str, field: FieldInfo) -> Parameter:
    hint, many = unwrap_hint(field.annotation)
    many = many or (name == "invoice" and issubclass(kind, InvoiceCommand))
    said = typer.Option(option(name), help=told(field, many), metavar=metavar(hint))
    required = field.is_required()
    shown: Any = hint if is_enum(hint) or hint is bool else str
    if many:
        return _keyword(name, Annotated[list[shown], said], Parameter.empty if required else [])
    if hint is bool:
        return _keyword(name, Annotated[bool, said], False)
    optional: Any = shown if required else shown | None
    return _keyword(name, Annotated[optional, said], Parameter.empty if required else None)


def _keyword(name: str, hint: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def _add(kind: type[Command]) -> None:
    def run(
        *,
        by: str | None,
        in_json: bool,
        file: Path | None = None,
        follow: bool = False,
        **said: Any,
    ) -> None:
        given = {name: _value(kind, name, value) for name, value in said.items()}
        given = {name: value for name, value in given.items() if value not in (None, [])}
        content = file.read_bytes() if file else b""
        commands = _commands(kind, given | (_named(file, content) if file else {}))
        reactions = (ALWAYS if follow else NONE) if kind in RUNS else None
        with tenant_session() as opened:
            if file:
                _keep(opened, content, commands)
            context = opened.context(by or me(), reactions=reactions)
            _answer(execute(opened.ledger, commands, context).entries, in_json)

    parameters = _parameters(kind)
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    fields = _fields(kind) | ({"file": None} if kind is AttachDocument else {})
    epilog = f"Example: `{example(kind.verb(), fields)}`"
    about = "Keep a document, and name it in the file." if kind is AttachDocument else kind.__doc__
    record.command(kind.verb(), help=about, epilog=epilog)(run)


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


def _commands(kind: type[Command], given: dict[str, Any]) -> list[Command]:
    """One command, or the same over several invoices: one transaction, one case id."""
    invoices = given.get("invoice")
    if not isinstance(invoices, list):
        return [kind.model_validate(given)]
    first = kind.model_validate(given | {"invoice": invoices[0]})
    own = [name for name in ("contested", "lines", "shipping", "tax") if name in given]
    if len(invoices) > 1 and own:
        raise ValueError(f"say {option(own[0])} for one invoice at a time, with one --case-id")
    return [kind.model_validate(first.model_dump() | {"invoice": number}) for number in invoices]


def _value(kind: type[Command], name: str, value: Any) -> Any:
    """What has fields of its own is said in JSON."""
    hint, _ = unwrap_hint(kind.model_fields[name].annotation)
    if not (isinstance(hint, type) and issubclass(hint, BaseModel)):
        return value
    try:
        return [msgspec.json.decode(one) for one in value]
    except msgspec.DecodeError as error:
        raise ValueError(f"{option(name)} takes {metavar(hint)} in JSON: {error}") from None


def _answer(written: Sequence[Entry], in_json: bool) -> None:
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
        screen.print(f"{entry.position}  {entry.event.topic}{odd}", markup=False)


for _kind in COMMANDS.values():
    _add(_kind)
