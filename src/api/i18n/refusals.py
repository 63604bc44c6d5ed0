"""Refusals in the reader's language: the text by the code, its facts by their names."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from string import Formatter

from api.i18n.reasons import written_reason
from api.i18n.refusal_texts import TRANSLATIONS
from api.i18n.translate import Translation
from api.i18n.wording import Wording
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.refusal import Refusal
from ledger.policy.refusal_texts import TEXTS

OURS = ("action", "ending", "kind", "other", "status", "way", "what")  # texts of ours
AMOUNTS = ("amount", "limit", "rest", "total", "whole")
DAYS = ("day", "on", "until")
NUMBERS = ("percent", "quantity")
LISTS = {"channel": " / ", "names": " or "}
OTHERWISE = ("registered-otherwise", "imported-otherwise")  # their ``name`` is that of a field


def refusal_text(error: Refusal, words: Translation) -> str:
    """Return why a command was refused, as the reader writes it."""
    if not (nth := LANGUAGES.index(words.language)):
        return str(error)
    wording = Wording(words)
    facts = {name: _fact(error.code, name, value, wording) for name, value in error.facts.items()}
    return TRANSLATIONS[error.code][nth - 1].format(**facts)


def kept_refusal(code: str, text: str, words: Translation) -> str:
    """Return a refusal that was kept as its code and its English text; another text as it is."""
    found = _pattern(code).fullmatch(text) if code in TEXTS else None
    if found is None:
        return text
    facts = {name: _typed(name, value) for name, value in found.groupdict().items()}
    return refusal_text(Refusal(code, None, **facts), words)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    parts = Formatter().parse(TEXTS[code])
    pattern = (re.escape(ours) + (f"(?P<{name}>.+?)" if name else "") for ours, name, *_ in parts)
    return re.compile("".join(pattern), re.DOTALL)


def _typed(name: str, value: str) -> object:
    """Return a fact with its type, by its name; a text if it is none of that type."""
    try:
        if name in DAYS:
            return date.fromisoformat(value)
        return Decimal(value) if name in AMOUNTS else value
    except (ValueError, ArithmeticError):
        return value


def _fact(code: str, name: str, value: object, wording: Wording) -> object:
    """Return a fact as the reader writes it; names, numbers of files and people's words stay."""
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Decimal):
        return wording.number(value) if name in NUMBERS else wording.money(value)
    if name in ("why", "fault"):
        sentences = value if isinstance(value, tuple) else (str(value),)
        return " ".join(written_reason(text, wording, str) for text in sentences)
    if name in OURS or (name == "name" and code in OTHERWISE):
        return wording(str(value))
    if name in LISTS:
        parts = [wording(part) for part in str(value).split(LISTS[name])]
        return f" {wording('or')} ".join(parts)
    return value
