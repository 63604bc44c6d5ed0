"""Refusals in the reader's language: the text by the code, its facts by their names."""

from datetime import date
from decimal import Decimal

from api.i18n.reasons import written_reason
from api.i18n.refusal_texts import TRANSLATIONS
from api.i18n.translate import Translation
from api.i18n.wording import Wording
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.refusal import Refusal

OURS = (
    "action",
    "ending",
    "kind",
    "other",
    "status",
    "way",
    "what",
)  # facts that are texts of ours
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


def _fact(code: str, name: str, value: object, wording: Wording) -> object:
    """Return a fact as the reader writes it; names, numbers of files and people's words stay."""
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Decimal):
        return wording.number(value) if name in NUMBERS else wording.money(value)
    if name == "why":
        sentences = value if isinstance(value, tuple) else (str(value),)
        return " ".join(written_reason(text, wording, str) for text in sentences)
    if name in OURS or (name == "name" and code in OTHERWISE):
        return wording(str(value))
    if name in LISTS:
        parts = [wording(part) for part in str(value).split(LISTS[name])]
        return f" {wording('or')} ".join(parts)
    return value
