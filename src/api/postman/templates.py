"""Templates of our messages: a folder of one's own goes before the shipped ones.

``{language}/{name}.txt``, Jinja in a sandbox; the first line is ``Subject: …``. A hashtag such as
``#items_list_selected`` is another way to write ``{{ items_list_selected }}``.
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

NAMES = (
    "invoice-copy",
    "reminder",
    "final-notice",
    "fourteen-days",
    "receipt",
    "request",
    "copy",
    "resolver-reminder",
    "escalation",
    "outcome",
    "approval-request",
    "credit-refusal",
)
SHIPPED = files("api.postman") / "templates"
SUBJECT = "Subject:"
HASHTAG = re.compile(r"(?<![\w{&/])#([a-z][a-z_]*)\b")


class BadTemplate(ValueError):
    """A template that cannot be used; the message names the file and what is wrong in it."""


class RenderedText(NamedTuple):
    """What a template became."""

    subject: str
    text: str


def own_folder() -> Path | None:
    """Of ``$DOSSIER_TEMPLATES``, whose files go before the shipped ones."""
    given = os.environ.get("DOSSIER_TEMPLATES")
    return Path(given).expanduser() if given else None


def supported_language(tag: str) -> str:
    """The one of ours for a language tag (BCP 47), such as nl for nl-BE."""
    first = re.split("[-_]", tag.strip().lower())[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def render(
    folder: Path | None, name: str, language: str, context: Mapping[str, Any]
) -> RenderedText:
    """Raises ``BadTemplate``."""
    where, source = _source(folder, name.replace(" ", "-"), language)
    first, _, body = source.partition("\n")
    if not first.startswith(SUBJECT):
        raise BadTemplate(f"{where}: its first line does not begin with “{SUBJECT}”")
    subject = _render(where, first.removeprefix(SUBJECT), context)
    return RenderedText(" ".join(subject.split()), _tidy(_render(where, body, context)))


def list_templates(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Name and language of every template there is, one's own among them."""
    own = folder.glob("*/*.txt") if folder else ()
    found = {(file.stem, file.parent.name) for file in own}
    yield from sorted(found | {(name, language) for name in NAMES for language in LANGUAGES})


def _source(folder: Path | None, name: str, language: str) -> tuple[str, str]:
    """Where it stands, and what stands there."""
    if not re.fullmatch(r"[\w-]+(?: [\w-]+)*", name):
        raise BadTemplate(f"{name!r} is no name of a template")
    own = folder / language / f"{name}.txt" if folder else None
    try:
        if own and own.exists():
            return str(own), own.read_text("utf-8-sig")
        shipped = SHIPPED / language / f"{name}.txt"
        return f"{language}/{name}.txt", shipped.read_text("utf-8")
    except FileNotFoundError:
        there = f" in {folder}" if folder else ""
        raise BadTemplate(f"there is no template {language}/{name}.txt{there}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadTemplate(f"{own}: {error}") from None


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def _render(where: str, source: str, context: Mapping[str, Any]) -> str:
    try:
        return _environment().from_string(HASHTAG.sub(r"{{ \1 }}", source)).render(context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        line = getattr(error, "lineno", None)
        raise BadTemplate(f"{where}{f', line {line + 1}' if line else ''}: {error}") from None


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    made.filters["quoted"] = quoted
    return made


def quoted(text: str) -> str:
    """Each line as one that somebody else said."""
    return "\n".join(f"> {line}" for line in str(text).splitlines())
