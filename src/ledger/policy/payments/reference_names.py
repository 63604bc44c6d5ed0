"""The names under which our books have the invoice of a structured reference.

Most references contain the invoice's number, so that no table of them is needed: the number is read
from the reference, looked for, and the reference of what is found is made again and compared.
"""

from collections.abc import Iterator

from ledger.policy.payments.references import (
    PLAIN,
    ReferenceKind,
    kind_of,
    structured,
)

WRITTEN = str.maketrans("XYZ", "   ")  # the separators of the number, which no name has


def names_in(reference: str) -> tuple[str, ...]:
    """Return what the books may have as the name of its invoice, in normal form."""
    match kind_of(reference):
        case ReferenceKind.CREDITOR:
            base = reference[4:]
            return (reference, base.translate(WRITTEN).replace(" ", ""), base)
        case ReferenceKind.BELGIAN | ReferenceKind.SWISS as kind:
            base = reference[: -2 if kind is ReferenceKind.BELGIAN else -1]
            return (reference, base.lstrip("0"))
        case None:
            return ()


def is_of(reference: str, number: str) -> bool:
    """Return whether it is the reference of the invoice with this number."""
    kind = kind_of(reference)
    return kind is not None and structured(number, kind) == reference


def digest_references(number: str) -> Iterator[str]:
    """Yield the creditor reference of a number that does not fit into one."""
    if not PLAIN.fullmatch(number):
        yield structured(number, ReferenceKind.CREDITOR)
