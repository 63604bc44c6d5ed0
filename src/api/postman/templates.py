"""Templates of our messages: the creditor's own come before those of the folder and the shipped.

``{language}/{name}.txt``, Jinja in a sandbox; the first line is ``Subject: …``. A hashtag such as
``#items_list_selected`` means ``{{ items_list_selected }}``.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import TemplateError

from ledger.facts.creditor import OwnTemplate
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.messages.template_text import TEMPLATES, compiled

SHIPPED = files("api.postman") / "templates"
SUBJECT = "Subject:"


class BadTemplate(ValueError):
    """A template that cannot be used; the text names the file and its fault."""


class RenderedText(NamedTuple):
    subject: str
    text: str


@dataclass(frozen=True)
class Templates:
    """Where a text is looked for, before the shipped ones: on record, then in a folder."""

    folder: Path | None = None
    own: Mapping[tuple[str, str], OwnTemplate] = field(default_factory=dict)


def own_folder() -> Path | None:
    """Return the folder of ``$DOSSIER_TEMPLATES``, if it is set."""
    folder = os.environ.get("DOSSIER_TEMPLATES")
    return Path(folder).expanduser() if folder else None


def supported_language(tag: str) -> str:
    """Return our language for a language tag (BCP 47), such as nl for nl-BE."""
    first = re.split("[-_]", tag.strip().lower())[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def render(
    templates: Templates, name: str, language: str, context: Mapping[str, Any]
) -> RenderedText:
    """Render the template ``name``. Raises ``BadTemplate``."""
    where, (head, body) = find_source(templates, name.replace(" ", "-"), language)
    subject = _render(where, head, context)
    text = re.sub(r"\n{3,}", "\n\n", _render(where, body, context).strip()) + "\n"
    return RenderedText(" ".join(subject.split()), text)


def list_templates(templates: Templates) -> Iterator[tuple[str, str]]:
    """Yield name and language of every template, shipped and own."""
    files_ = templates.folder.glob("*/*.txt") if templates.folder else ()
    found = {(file.stem, file.parent.name) for file in files_} | templates.own.keys()
    yield from sorted(found | {(name, language) for name in TEMPLATES for language in LANGUAGES})


def find_source(templates: Templates, name: str, language: str) -> tuple[str, tuple[str, str]]:
    """Return where the template stands, its subject and its text. Raises ``BadTemplate``."""
    if own := templates.own.get((name, language)):
        return f"your {language}/{name}", (own.subject, own.text)
    where, source = _file(templates.folder, name, language)
    first, _, body = source.partition("\n")
    if not first.startswith(SUBJECT):
        raise BadTemplate(f"{where}: its first line does not begin with “{SUBJECT}”")
    return where, (first.removeprefix(SUBJECT), body)


def _file(folder: Path | None, name: str, language: str) -> tuple[str, str]:
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
        return compiled(source).render(context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        line = getattr(error, "lineno", None)
        raise BadTemplate(f"{where}{f', line {line + 1}' if line else ''}: {error}") from None
