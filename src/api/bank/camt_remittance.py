"""Reads what a payer says of a payment (RmtInf): references, documents, words, adjustments."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from api.bank.camt_element import Money, at, money, text
from api.bank.words import given, joined
from ledger.facts.bank import Adjustment, PaidDocument

WRAPS = (35, 70, 140)  # widths at which banks cut a remittance into several Ustrd


def read_remittance(node: Element) -> tuple[str, tuple[PaidDocument, ...], str]:
    """Return the structured reference, the documents, and all that is given in words."""
    info = node.find("RmtInf")
    if info is None:
        return "", (), text(node, "AddtlTxInf")
    blocks = info.findall("Strd")
    lines = [text(line) for line in info.findall("Ustrd")]
    words = [given(joined(lines, _width(lines)))]
    references = list[str]()
    for block in blocks:
        reference = at(block, "CdtrRefInf")
        references.append(text(reference, "Ref") or text(reference, "CdtrRef"))
        words.extend(text(line) for line in block.findall("AddtlRmtInf"))
    first, *others = [*dict.fromkeys(filter(None, references)), ""]
    documents = tuple(document for block in blocks for document in _documents(block))
    whole = " ".join(filter(None, [*words, *others]))
    nothing = not (whole or first or documents)
    return first, documents, text(node, "AddtlTxInf") if nothing else whole


def _width(lines: list[str]) -> int:
    """Return the width at which the lines were cut, 0 if each is a line of its own."""
    lengths = {len(line) for line in lines[:-1]}
    width = lengths.pop() if len(lengths) == 1 else 0
    return width if width in WRAPS and len(lines[-1]) <= width else 0


def _documents(block: Element) -> list[PaidDocument]:
    numbers = [
        number
        for document in block.findall("RfrdDocInf")
        if (number := text(document, "Nb") or text(document, "RfrdDocNb"))
    ]
    amounts = at(block, "RfrdDocAmt")
    if len(numbers) != 1 or amounts is None:
        return [PaidDocument(number) for number in numbers]
    due, remitted = money(amounts.find("DuePyblAmt")), money(amounts.find("RmtdAmt"))
    credit = money(amounts.find("CdtNoteAmt"))
    adjustments = _adjustments(amounts, due, remitted)
    amount = remitted.amount if remitted else None
    if amount is None and credit:
        amount = -credit.amount
    if amount is None and due:
        amount = due.amount + sum(adjustment.amount for adjustment in adjustments)
    return [PaidDocument(numbers[0], amount, adjustments)]


def _adjustments(
    amounts: Element, due: Money | None, remitted: Money | None
) -> tuple[Adjustment, ...]:
    """Return what was kept back (negative) or added, a discount too.

    ISO 20022 calls CRDT an increase, payers do not all: where due and paid are there, they decide.
    """
    found = [
        (
            money(adjustment.find("Amt")),
            text(adjustment, "CdtDbtInd") == "CRDT",
            text(adjustment, "Rsn"),
            text(adjustment, "AddtlInf"),
        )
        for adjustment in amounts.findall("AdjstmntAmtAndRsn")
    ]
    for discount in amounts.findall("DscntApldAmt"):
        amount = discount.find("Amt")
        code = text(discount, "Tp", "Cd") or "APDS"
        found.append((money(discount if amount is None else amount), False, code, ""))
    gap = remitted.amount - due.amount if due and remitted else Decimal(0)
    signed = [
        (of.amount if more else -of.amount, reason, words)
        for of, more, reason, words in found
        if of
    ]
    if gap and sum(amount for amount, _, _ in signed) == -gap:
        signed = [(-amount, reason, words) for amount, reason, words in signed]
    return tuple(Adjustment(*adjustment) for adjustment in signed)
