"""The reasons of tasks, pauses and messages in the reader's language.

Agenda, messages and inbox keep them as English text, which HTTP answers with and which is pinned.
So a reason is recognised by the texts of ``texts/reasons*.py``: each name of a fact has a form. A
text that none recognises stays as it is, with its amounts and days as the reader writes them.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from api.i18n.texts import (
    TEXTS,
    reasons,
    reasons_imports,
    reasons_inbox,
    reasons_messages,
    reasons_playbook,
    reasons_sending,
)
from projections.contact_log.language import Language

AMOUNT, COUNT = r"-?\d+(?:\.\d+)?", r"\d+"
FORMS = {
    **dict.fromkeys(("amount", "rest", "paid", "whole"), AMOUNT),
    **dict.fromkeys(("count", "number", "total"), COUNT),
    "day": r"\d{4}-\d\d-\d\d",
    "times": r"once|\d+ times",
    "quote": ".*",
    "bound": r"[<>]=? ?\S+",
    "server": r"[\w.-]+:\d+",
    "folder": r"(?:/|[A-Za-z]:\\)(?:(?!\.txt\b)[^:])*",
    **dict.fromkeys(("file", "template"), r"[^:]+\.txt(?: in [^:]+)?|[a-z]{2}/[\w -]+"),
}
PARTS = (
    *(reasons.TEXTS, reasons_sending.TEXTS, reasons_messages.TEXTS),
    *(reasons_inbox.TEXTS, reasons_imports.TEXTS, reasons_playbook.TEXTS),
)
ANY = ".*?"
PLACE = re.compile(r"\\{(\w+)\\}")


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return each text and its expression, those with the most words of ours first."""
    texts = [text for part in PARTS for text in part]
    texts.sort(key=lambda text: -len(PLACE.sub("", re.escape(text))))
    return [(text, re.compile(_pattern(text), re.DOTALL)) for text in texts]


def _pattern(text: str) -> str:
    return PLACE.sub(lambda place: f"(?P<{place[1]}>{FORMS.get(place[1], ANY)})", re.escape(text))


@lru_cache(maxsize=16_384)  # a list shows the same reasons again and again
def _recognised(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the text that it is, and its facts."""
    matches = ((key, pattern.fullmatch(text)) for key, pattern in _patterns())
    return next(((key, found.groupdict()) for key, found in matches if found), None)


def written_reason(text: str, wording: Language, otherwise: Callable[[str], str]) -> str:
    """Return one of our reasons as the reader writes it; ``otherwise`` writes what is none."""
    if found := _recognised(text):
        key, facts = found
        return wording(
            key, **{name: _fact(name, value, wording, otherwise) for name, value in facts.items()}
        )
    parts = text.split("; ")
    if len(parts) > 1:
        return "; ".join(written_reason(part, wording, otherwise) for part in parts)
    if text.endswith("."):
        return written_reason(text[:-1], wording, otherwise) + "."
    return otherwise(text)


def _fact(name: str, value: str, wording: Language, otherwise: Callable[[str], str]) -> str:
    """Return a fact as the reader writes it; people's own words stay."""
    match name:
        case "amount" | "rest" | "paid" | "whole":
            return wording.money(Decimal(value))
        case "day":
            return _day(value, wording)
        case "times":
            times = 1 if value == "once" else int(value.split()[0])
            return wording.number_of(times, "1 time", "{count} times")
        case "reason" | "outcome":
            return wording.code(value.replace(" ", "_"))
        case "status" | "what" if value in TEXTS:  # what: a task
            return wording(value)
        case "why" | "what":
            return written_reason(value, wording, otherwise)
        case "channels" | "kind" | "got":
            parts = [value] if value in TEXTS else value.split(" or ")
            return f" {wording('or')} ".join(wording(name) for name in parts)
        case "email" | "address" | "vat":  # in quotation marks of Python
            return wording.quoted(value[1:-1])
        case "who" if value == "the debtor":
            return wording(value)
    return value


def _day(value: str, wording: Language) -> str:
    try:
        return wording.day(date.fromisoformat(value))
    except ValueError:  # a number that looks like a day
        return value
