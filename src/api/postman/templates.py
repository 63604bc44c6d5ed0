"""Templates of our messages: those of the tenant's own folder come before the shipped ones.

``{language}/{name}.txt``, Jinja in a sandbox; the first line is ``Subject: …``. A hashtag such as
``#items_list_selected`` means ``{{ items_list_selected }}``.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ledger.policy.messages.languages import LANGUAGES

SHIPPED = files("api.postman") / "templates"
NAMES = sorted(file.name.removesuffix(".txt") for file in (SHIPPED / "en").iterdir())
SUBJECT = "Subject:"
HASHTAG = re.compile(r"(?<![\w{&/])#([a-z][a-z_]*)\b")


class BadTemplate(ValueError):
    """A template that cannot be used; the text names the file and its fault."""


class RenderedText(NamedTuple):
    subject: str
    text: str


def own_folder() -> Path | None:
    """Return the folder of ``$DOSSIER_TEMPLATES``, if it is set."""
    folder = os.environ.get("DOSSIER_TEMPLATES")
    return Path(folder).expanduser() if folder else None


def supported_language(tag: str) -> str:
    """Return our language for a language tag (BCP 47), such as nl for nl-BE."""
    first = re.split("[-_]", tag.strip().lower())[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def render(
    folder: Path | None, name: str, language: str, context: Mapping[str, Any]
) -> RenderedText:
    """Render the template ``name``. Raises ``BadTemplate``."""
    where, source = _source(folder, name.replace(" ", "-"), language)
    first, _, body = source.partition("\n")
    if not first.startswith(SUBJECT):
        raise BadTemplate(f"{where}: its first line does not begin with “{SUBJECT}”")
    subject = _render(where, first.removeprefix(SUBJECT), context)
    text = re.sub(r"\n{3,}", "\n\n", _render(where, body, context).strip()) + "\n"
    return RenderedText(" ".join(subject.split()), text)


def list_templates(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Yield name and language of every template, shipped and own."""
    own = folder.glob("*/*.txt") if folder else ()
    found = {(file.stem, file.parent.name) for file in own}
    yield from sorted(found | {(name, language) for name in NAMES for language in LANGUAGES})


def _source(folder: Path | None, name: str, language: str) -> tuple[str, str]:
    if not re.fullmatch(r"[\w-]+(?: [\w-]+)*", name):
        raise BadTemplate(f"{name!r} is no name of a template")
    own = folder / language / f"{name}.txt" if folder else None
    try:
        if own and own.exists():
            return str(own), own.read_text("utf-8-sig")
        shipped = SHIPPED / language / f"{name}.txt"
        return f"{language}/{name}.txt", shipped.read_text("utf-8")
    except FileNotFoundError:
        where = f" in {folder}" if folder else ""
        raise BadTemplate(f"there is no template {language}/{name}.txt{where}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadTemplate(f"{own}: {error}") from None


def _render(where: str, source: str, context: Mapping[str, Any]) -> str:
    try:
        return _environment().from_string(HASHTAG.sub(r"{{ \1 }}", source)).render(context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        line = getattr(error, "lineno", None)
        raise BadTemplate(f"{where}{f', line {line + 1}' if line else ''}: {error}") from None


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.filters["quoted"] = quoted
    return environment


def quoted(text: str) -> str:
    """Return the text with each line marked as a quotation."""
    return "\n".join(f"> {line}" for line in str(text).splitlines())
