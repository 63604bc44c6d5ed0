"""Reads one entry (Ntry) of a camt file from its element and its transactions.

The parts of an entry add up to it: what its transactions leave open is a part without a payer.
What cannot be understood is kept, with the reason.
"""

from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from api.bank.camt_element import day, money, text
from api.bank.camt_part import Found, Head, charges_of, read_part, type_code
from api.bank.statement import BankEntry, Part
from api.bank.words import given

DIRECT_DEBITS = {"IDDT", "RDDT"}  # families of payments: issued and received
SIGNS = {"CRDT": 1, "DBIT": -1}


def head_of(entry: Element, own_account: str, currency: str) -> Head:
    """Return what all transactions of the entry have to know of it."""
    found, mark = money(entry.find("Amt")), text(entry, "CdtDbtInd")
    is_reversal = text(entry, "RvslInd") in ("true", "1")
    trouble = ""
    if found is None:
        trouble = f"its amount is {text(entry, 'Amt') or 'missing'!r}"
    elif mark not in SIGNS:
        trouble = f"its CdtDbtInd is {mark or 'missing'!r}"
    elif currency and found.currency not in (currency, ""):
        trouble = f"it is in {found.currency}, the account in {currency}"
    amount = found.amount * SIGNS.get(mark, 0) if found else Decimal(0)
    own_currency = (found.currency if found else "") or currency
    return Head(amount, own_currency, is_reversal, own_account, trouble)


def read_entry(
    nth: int, entry: Element, head: Head, found: list[Found], fallback: date
) -> BankEntry:
    """Return the entry; ``fallback`` is its day if it has none of its own."""
    if not found:
        nothing = Element("TxDtls")
        found = [read_part(nothing, head)]
    parts, gap = _settled(head, found, charges_of(entry, head.currency))
    booked, value = day(entry.find("BookgDt")), day(entry.find("ValDt"))
    unread = [
        f"its {name} cannot be read"
        for name, known in (("BookgDt", booked), ("ValDt", value))
        if entry.find(name) is not None and known is None
    ]
    words = text(entry, "AddtlNtryInf")
    if len(parts) == 1 and not (
        parts[0].remittance or parts[0].creditor_reference or parts[0].documents
    ):
        parts = (replace(parts[0], remittance=words),)
    kind = type_code(entry) or found[0].type_code
    return BankEntry(
        nth=nth,
        amount=head.amount,
        currency=head.currency,
        booked_on=booked or value or fallback,
        value_on=value or booked or fallback,
        key=given(text(entry, "AcctSvcrRef")) or given(text(entry, "NtryRef")),
        parts=parts,
        type_code=kind,
        is_reversal=head.is_reversal,
        is_booked=(text(entry, "Sts", "Cd") or text(entry, "Sts")) in ("BOOK", ""),
        is_direct_debit=_family(kind) in DIRECT_DEBITS or any(part.mandate for part in parts),
        text=words,
        trouble="; ".join(filter(None, [head.trouble, gap, *unread])),
    )


def _settled(head: Head, found: list[Found], charges: Decimal) -> tuple[tuple[Part, ...], str]:
    """Return the parts, net of what the bank took, and why they do not add up to the entry."""
    if len(found) == 1:
        return _alone(head, found[0], charges)
    parts = tuple(each.part for each in found)
    missing = sum(each.amount is None for each in found)
    total = sum((part.amount for part in parts), Decimal(0))
    taken = sum((part.charges for part in parts), Decimal(0))
    rest = Part(head.amount - total, head.currency)
    if missing:
        gap = f"{missing} of {len(parts)} transactions have no amount in {head.currency}"
        return (*parts, rest) if rest.amount else parts, gap
    if total == head.amount:
        return parts, ""
    if taken and total - taken == head.amount:
        return tuple(replace(part, amount=part.amount - part.charges) for part in parts), ""
    if charges and total - charges == head.amount:
        fee = Part(-charges, head.currency, charges=charges)
        return (*parts, fee), ""
    return (*parts, rest), f"its transactions add up to {total}, the entry is {head.amount}"


def _alone(head: Head, found: Found, charges: Decimal) -> tuple[tuple[Part, ...], str]:
    """Return the only part, which is as large as the entry."""
    taken = found.part.charges or charges
    part = replace(found.part, amount=head.amount, charges=taken)
    if found.amount in (None, head.amount, head.amount + taken):
        return (part,), ""
    return (part,), f"its transaction is {found.amount}, the entry is {head.amount}"


def _family(type_code: str) -> str:
    return type_code.partition("/")[2].partition("/")[0]
