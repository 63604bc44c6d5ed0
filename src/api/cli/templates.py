"""``dossier creditor template``: your own subject and text of a kind of message."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import Because, By
from api.cli.kit.recording import record
from api.cli.kit.session import tenant_session
from api.postman.creditor import templates_of
from api.postman.preview import example, source_of
from api.postman.templates import SUBJECT, Templates
from commands.message_templates import ReplaceTemplate, ResetTemplate
from ledger.facts.creditor import OwnTemplate
from ledger.policy.messages.template_text import check_own_text

template = typer.Typer(no_args_is_help=True, help="Your own texts of messages, by language.")
Name = Annotated[str, Argument(help="Such as reminder.")]
Language = Annotated[str, Option(help="nl, de, fr or en.")]


@template.command(epilog="Example: `dossier creditor template show reminder --language nl`")
def show(name: Name, language: Language = "en") -> None:
    """Print subject and text in use, as `set` reads them."""
    with tenant_session() as opened:
        found = source_of(templates_of(opened), name, language)
    typer.echo(f"{SUBJECT} {found.subject}\n\n{found.text.strip()}")


@template.command(
    "set", epilog="Example: `dossier creditor template set reminder --language nl mine.txt`"
)
def set_(
    name: Name,
    file: Annotated[Path, Argument(help="Its first line is the subject: `Subject: …`.")],
    language: Language = "en",
    preview: Annotated[bool, Option("--preview", help="Print a sample, record nothing.")] = False,
    why: str = "",
    by: By = None,
    because: Because = None,
) -> None:
    """Replace subject and text; names that do not exist are refused."""
    first, _, text = file.read_text("utf-8-sig").partition("\n")
    subject = first.removeprefix(SUBJECT).strip()
    if not first.startswith(SUBJECT):
        raise ValueError(f"{file}: its first line does not begin with “{SUBJECT}”")
    command = ReplaceTemplate(
        template=name, language=language, subject=subject, text=text.strip(), why=why
    )
    if preview:
        check_own_text(command.subject, command.text)
        own = {command.key: OwnTemplate(command.subject, command.text)}
        sample = example(Templates(own=own), name, language)
        typer.echo(f"{SUBJECT} {sample.subject}\n\n{sample.text}", nl=False)
        return
    with tenant_session() as opened:
        record(opened, command, by, because)


@template.command(epilog="Example: `dossier creditor template reset reminder --language nl`")
def reset(
    name: Name,
    language: Language = "en",
    why: str = "",
    by: By = None,
    because: Because = None,
) -> None:
    """Use the shipped subject and text again."""
    command = ResetTemplate(template=name, language=language, why=why)
    with tenant_session() as opened:
        record(opened, command, by, because)
