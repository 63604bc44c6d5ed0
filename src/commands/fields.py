"""Types of the fields of commands, with their limits."""

from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, Field, StringConstraints


def _printable(text: str) -> str:
    """Refuse NUL and lone surrogates: JSON allows them, Postgres does not."""
    if "\0" in text:
        raise ValueError("the character NUL (U+0000) is not allowed")
    text.encode()
    return text


_Printable = AfterValidator(_printable)  # last, so that pydantic checks the rest in Rust
Text = Annotated[str, _Printable]
RequiredText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), _Printable]
Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), _Printable
]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4)]
PositiveAmount = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)  # room for calculations with dates
BusinessDate = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


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
