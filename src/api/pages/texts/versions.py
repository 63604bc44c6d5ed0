"""The versions of a text, from the creditor's book; and where a draft has its fault."""

import re
from dataclasses import dataclass
from datetime import datetime

from jinja2 import TemplateSyntaxError

from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.session import TenantSession
from ledger.facts.books import CREDITOR
from ledger.facts.creditor import NUMBER, OwnTemplate, TemplateReplaced, TemplateReset
from ledger.policy.messages.template_text import check_own_text, environment, translated
from ledger.policy.refusal import Refused

TEXTS = {  # of the refusals of a text, for the person who writes it
    "template-subject": "The subject is one line, and not empty.",
    "template-too-long": "At most {most} characters.",
    "template-placeholder": "There is no placeholder {name}.",
    "template-not-allowed": "{what} is not allowed in a text.",
    "template-not-readable": "This cannot be read: {fault}",
}


@dataclass(frozen=True)
class Version:
    """A text as it was from a day; without one the shipped text was used again."""

    line: int  # of the book
    at: datetime
    by: str
    why: str
    own: OwnTemplate | None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a draft: its field, and the line with its words, if it is at one."""

    field: str
    why: str
    line: int = 0
    words: str = ""


def versions_of(session: TenantSession, template: str, language: str) -> list[Version]:
    """Return the versions of a text, the latest first."""
    found = list[Version]()
    for entry in session.ledger.history(session.ledger.id_of(CREDITOR, NUMBER)):
        event = entry.event
        changed = isinstance(event, TemplateReplaced | TemplateReset)
        if changed and (event.template, event.language) == (template, language):
            own = None
            if isinstance(event, TemplateReplaced):
                own = OwnTemplate(event.subject, event.text)
            found.append(Version(entry.line, entry.at, entry.by, event.why, own))
    return found[::-1]


def fault_of(subject: str, text: str, words: Translation) -> Fault | None:
    """Return what is wrong with a draft, if anything is."""
    try:
        check_own_text(subject, text)
    except Refused as error:
        field = error.field or "text"
        source = text if field == "text" else subject
        line = _line(error, source)
        shown = source.split("\n")[line - 1].strip() if line else ""
        return Fault(field, _why(error, words), line, shown)
    return None


def _why(error: Refused, words: Translation) -> str:
    facts = {name: str(value) for name, value in error.facts.items()}
    return words(TEXTS[error.code], **facts) if error.code in TEXTS else refusal_text(error, words)


def _line(error: Refused, source: str) -> int:
    """Return the line of the fault; 0 when it is about the whole."""
    line = error.facts.get("line")
    if isinstance(line, int):
        return line
    if error.code == "template-placeholder":
        name = re.compile(rf"\b{re.escape(str(error.facts['name']))}\b")
        lines = enumerate(source.split("\n"), 1)
        return next((number for number, words in lines if name.search(words)), 0)
    if error.code == "template-not-readable":
        try:
            environment().parse(translated(source))
        except TemplateSyntaxError as fault:
            return min(fault.lineno, source.count("\n") + 1)
    return 0
