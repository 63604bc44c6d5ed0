"""Types of the fields of commands, with their limits."""

import re
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from unicodedata import category, normalize

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints


def _printable(text: str) -> str:
    """Refuse NUL and lone surrogates: JSON allows them, Postgres does not."""
    if "\0" in text:
        raise ValueError("the character NUL (U+0000) is not allowed")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("has characters that are not Unicode") from None
    return text


def composed(text: str) -> str:
    """Return the text in NFC, so that what looks the same is the same."""
    return text if text.isascii() else normalize("NFC", text)


def visible(text: str) -> str:
    """Raise ``ValueError`` for a control or what nobody sees: two numbers must not look alike."""
    for character in "" if text.isprintable() else text:
        if category(character) in ("Cc", "Cf"):
            raise ValueError(f"the character U+{ord(character):04X} is not allowed: nobody sees it")
    return text


def legible(name: str) -> str:
    """Return the name in NFC without what would change how its neighbours are shown."""
    if name.isprintable():
        return composed(name).strip()
    kinds = ((character, category(character)) for character in composed(name))
    shown = (" " if kind == "Cc" else character for character, kind in kinds if kind != "Cf")
    return "".join(shown).strip()


def _iso_date(value: object) -> object:
    """Refuse a number, which pydantic takes as seconds since 1970, also as text."""
    if isinstance(value, int | float) or (isinstance(value, str) and not ISO.fullmatch(value)):
        raise ValueError(f"{str(value)[:60]!r} is not a date; write it as 2026-03-31")
    return value


def _legible(name: object) -> object:
    return legible(_printable(name)) if isinstance(name, str) else name


ISO = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*", re.ASCII)
_Printable = AfterValidator(_printable)  # last, so that pydantic checks the rest in Rust
_Composed = AfterValidator(composed)
Text = Annotated[str, _Printable]
RequiredText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), _Printable]
Reference = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, strip_whitespace=True),
    _Printable,
    _Composed,
]
ComposedText = Annotated[Text, _Composed]
NewReference = Annotated[Reference, AfterValidator(visible)]
NewName = Annotated[str, BeforeValidator(_legible), StringConstraints(min_length=1), _Printable]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4)]
PositiveAmount = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)  # room for calculations with dates
BusinessDate = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY), BeforeValidator(_iso_date)]


def unwrap_hint(hint: Any) -> tuple[Any, bool]:
    """Return the bare type, and whether it repeats: ``tuple[str, ...]`` gives str, True."""
    if get_origin(hint) is Annotated:
        return unwrap_hint(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        [some] = set(get_args(hint)) - {NoneType}
        return unwrap_hint(some)
    if get_origin(hint) is tuple:
        return unwrap_hint(get_args(hint)[0])[0], True
    return hint, False
