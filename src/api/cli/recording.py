"""``dossier record``: any command by hand; its options are the command's own fields."""

import json
from enum import StrEnum
from inspect import Parameter, Signature
from mimetypes import guess_type
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from api.cli.desk import desk, me
from api.cli.show import as_json, screen
from api.wiring import Desk
from commands import COMMANDS
from commands.command import Command, InvoiceCommand
from commands.contacts import AttachDocument
from commands.handling import Context, Receipt, handle
from ledger import documents

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
OF_THE_FILE = ("sha256", "name", "media_type", "size")


def _parameters(kind: type[Command]) -> list[Parameter]:
    fields = kind.model_fields.items()
    if kind is AttachDocument:
        fields = {n: f for n, f in fields if n not in OF_THE_FILE}.items()
    made = [_parameter(kind, name, field) for name, field in fields]
    if kind is AttachDocument:
        option = typer.Option("--file", help="the document", exists=True, dir_okay=False)
        made.append(_keyword("file", Annotated[Path, option], Parameter.empty))
    who = typer.Option("--by", help="who says so; you when left out")
    made.append(_keyword("by", Annotated[str | None, who], None))
    in_json = typer.Option("--json", help="answer in JSON")
    made.append(_keyword("in_json", Annotated[bool, in_json], False))
    return sorted(made, key=lambda parameter: parameter.default is not Parameter.empty)


def _parameter(kind: type[Command], name: str, field: FieldInfo) -> Parameter:
    hint, many = _plain(field.annotation)
    many = many or (name == "invoice" and issubclass(kind, InvoiceCommand))
    flag, told = f"--{name.replace('_', '-')}", field.description or ""
    option = typer.Option(flag, help=f"{told} (may be repeated)".strip() if many else told)
    required = field.is_required()
    shown: Any = hint if _is_enum(hint) or hint is bool else str
    if many:
        return _keyword(name, Annotated[list[shown], option], Parameter.empty if required else [])
    if hint is bool:
        return _keyword(name, Annotated[bool, option], False)
    optional: Any = shown if required else shown | None
    return _keyword(name, Annotated[optional, option], Parameter.empty if required else None)


def _keyword(name: str, hint: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def _plain(hint: Any) -> tuple[Any, bool]:
    """``Channel | None`` is Channel, ``tuple[str, ...]`` is many str."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if isinstance(hint, UnionType):
        [some] = set(get_args(hint)) - {NoneType}
        return _plain(some)
    if get_origin(hint) is tuple:
        return _plain(get_args(hint)[0])[0], True
    return hint, False


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


def _add(kind: type[Command]) -> None:
    def run(*, by: str | None, in_json: bool, file: Path | None = None, **said: Any) -> None:
        given = {name: _value(kind, name, value) for name, value in said.items()}
        given = {name: value for name, value in given.items() if value not in (None, [], "")}
        with desk() as opened:
            if file:
                given |= _keep(opened, file)
            context = Context(by=by or me(), at=opened.clock())
            _answer(handle(opened.ledger, *_commands(kind, given), context=context), in_json)

    parameters = _parameters(kind)
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    record.command(kind.verb(), help=kind.__doc__)(run)


def _keep(desk: Desk, file: Path) -> dict[str, Any]:
    """Keeps the file's content, and answers how the book will name it."""
    content = file.read_bytes()
    media_type = guess_type(file.name)[0] or "application/octet-stream"
    with desk.pool.connection() as conn:
        sha256 = documents.keep(conn, desk.tenant, content, media_type)
    return dict(zip(OF_THE_FILE, (sha256, file.name, media_type, len(content)), strict=True))


def _commands(kind: type[Command], given: dict[str, Any]) -> list[Command]:
    """One command, or the same over several invoices: one transaction, one case id."""
    invoices = given.get("invoice")
    if not isinstance(invoices, list):
        return list(kind.model_validate(given).together())
    first = kind.model_validate(given | {"invoice": invoices[0]})
    if len(invoices) > 1 and "contested" in given:
        raise ValueError("say --contested for one invoice at a time, with one --case-id")
    return [kind.model_validate(first.model_dump() | {"invoice": number}) for number in invoices]


def _value(kind: type[Command], name: str, value: Any) -> Any:
    """What has fields of its own is said in JSON."""
    hint, _ = _plain(kind.model_fields[name].annotation)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return [json.loads(one) for one in value]
    return value


def _answer(receipt: Receipt, in_json: bool) -> None:
    if in_json:
        entries = [
            {"line": e.line, "topic": e.event.topic, "flags": e.flags, "event": e.event}
            for e in receipt.entries
        ]
        as_json({"position": receipt.position, "entries": entries})
        return
    if not receipt.entries:
        screen.print("Nothing to write: it was so already.")
    for entry in receipt.entries:
        odd = f"  (looks odd: {', '.join(entry.flags)})" if entry.flags else ""
        screen.print(f"{entry.position}  {entry.event.topic}{odd}", markup=False)


for _kind in COMMANDS.values():
    _add(_kind)
