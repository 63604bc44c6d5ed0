"""Reads one transaction (TxDtls) of an entry: the other side, references, remittance, amounts.

Elements are found by their local names, so that every version reads alike.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from api.bank.statement import Adjustment, Part, ReferredDocument
from api.bank.words import given, joined

AMOUNT = re.compile(r"[+-]?(\d{1,18}(\.\d{0,10})?|\.\d{1,10})")
WRAPS = (35, 70, 140)  # widths at which banks cut a remittance into several Ustrd


class Money(NamedTuple):
    """An amount with its currency, "" if the file does not give it."""

    amount: Decimal
    currency: str


class Head(NamedTuple):
    """What the entry of a transaction says of itself; ``amount`` is signed."""

    amount: Decimal
    currency: str
    is_reversal: bool
    own_account: str
    trouble: str = ""


class Found(NamedTuple):
    """A transaction; ``amount`` is None if it has none in the currency of its entry."""

    part: Part
    amount: Decimal | None
    type_code: str


class Side(NamedTuple):
    """The debtor or the creditor of a transaction."""

    name: str
    account: str
    bic: str
    ultimate: str


def at(node: Element | None, *path: str) -> Element | None:
    """Return the first element down the path."""
    for name in path:
        if node is None:
            return None
        node = node.find(name)
    return node


def text(node: Element | None, *path: str) -> str:
    """Return the text of the first element down the path, "" without one."""
    found = at(node, *path)
    return "" if found is None else (found.text or "").strip()


def money(node: Element | None) -> Money | None:
    """Return what an amount element holds, None if it is missing or not a number."""
    if node is None or not AMOUNT.fullmatch(number := (node.text or "").strip()):
        return None
    return Money(Decimal(number), node.get("Ccy", ""))


def day(node: Element | None) -> date | None:
    """Return the day of a date, or of a date with its time."""
    try:
        return date.fromisoformat((text(node, "Dt") or text(node, "DtTm"))[:10])
    except ValueError:
        return None


def moment(written: str) -> datetime | None:
    """Return the time that was written, None if it cannot be read."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def account_of(node: Element | None) -> str:
    """Return the IBAN of an account, else the number that it has."""
    identity = at(node, "Id")
    iban = text(identity, "IBAN").replace(" ", "").upper()
    return iban or text(identity, "Othr", "Id") or text(identity, "BBAN")


def charges_of(node: Element, currency: str) -> Decimal:
    """Return what the bank kept of the amount, in the entry's currency; negative if it gave.

    Charges that are marked as not included are booked on their own, and so are none of the entry.
    """
    taken = Decimal(0)
    for charges in node.findall("Chrgs"):
        records = charges.findall("Rcrd")
        for record in records or [charges]:
            found = money(record.find("Amt"))
            if found is None and not records:
                found = money(record.find("TtlChrgsAndTaxAmt"))
            included = text(record, "ChrgInclInd") not in ("false", "0")
            if found and included and found.currency in (currency, ""):
                gave = text(record, "CdtDbtInd") == "CRDT"
                taken += -found.amount if gave else found.amount
    return taken


def type_code(node: Element) -> str:
    """Return the code of a kind of transaction: the domain's, else the bank's own."""
    code = node.find("BkTxCd")
    domain = at(code, "Domn")
    family = at(domain, "Fmly")
    names = (text(domain, "Cd"), text(family, "Cd"), text(family, "SubFmlyCd"))
    return "/".join(filter(None, names)) or text(code, "Prtry", "Cd")


def read_part(node: Element, head: Head) -> Found:
    """Return a transaction of the entry that ``head`` describes."""
    incoming = head.amount > 0
    if mark := text(node, "CdtDbtInd"):
        incoming = mark == "CRDT"
    amounts = [money(at(node, *path)) for path in AMOUNTS]
    known = [found for found in amounts if found is not None]
    own = [found.amount for found in known if found.currency in (head.currency, "")]
    amount = None if not own else own[0] if incoming else -own[0]
    returned = node.find("RtrInf")
    side = _other_side(node, incoming != (head.is_reversal or returned is not None), head)
    reference, documents, remittance = _remittance(node)
    original = _original(money(at(node, "AmtDtls", "InstdAmt", "Amt")), known, amount, head)
    part = Part(
        amount=amount or Decimal(0),
        currency=head.currency,
        payer_name=side.name,
        payer_iban=side.account,
        payer_bic=side.bic,
        ultimate_payer=side.ultimate,
        end_to_end=given(text(node, "Refs", "EndToEndId")),
        mandate=given(text(node, "Refs", "MndtId")),
        reference=given(text(node, "Refs", "AcctSvcrRef")) or given(text(node, "Refs", "TxId")),
        creditor_reference=reference,
        remittance=remittance,
        documents=documents,
        return_reason=_reason(returned),
        charges=charges_of(node, head.currency),
        original_amount=original.amount if original else None,
        original_currency=original.currency if original else "",
    )
    return Found(part, amount, type_code(node))


AMOUNTS = (
    ("Amt",),
    ("AmtDtls", "TxAmt", "Amt"),
    ("AmtDtls", "CntrValAmt", "Amt"),
    ("AmtDtls", "InstdAmt", "Amt"),
)


def _original(
    instructed: Money | None, known: list[Money], amount: Decimal | None, head: Head
) -> Money | None:
    """Return what the payer ordered, if it is another amount or another currency."""
    foreign = [found for found in known if found.currency not in (head.currency, "")]
    first = instructed or (foreign[0] if foreign else None)
    same = first and first.currency in (head.currency, "") and first.amount == abs(amount or 0)
    return None if same else first


def _side(node: Element, role: str) -> Side:
    parties = node.find("RltdPties")
    bank = at(node, "RltdAgts", f"{role}Agt", "FinInstnId")
    return Side(
        _name(at(parties, role)),
        account_of(at(parties, f"{role}Acct")),
        text(bank, "BICFI") or text(bank, "BIC"),
        _name(at(parties, f"Ultmt{role}")),
    )


def _name(party: Element | None) -> str:
    return text(party, "Nm") or text(party, "Pty", "Nm") or text(party, "Agt", "FinInstnId", "Nm")


def _other_side(node: Element, from_debtor: bool, head: Head) -> Side:
    """Return who is not the owner of the account.

    In a reversal or a return the roles are those of the first transaction; not every bank holds
    to that, so an account that is the statement's own decides.
    """
    side, other = _side(node, "Dbtr"), _side(node, "Cdtr")
    if not from_debtor:
        side, other = other, side
    is_own = side.account and side.account == head.own_account
    is_other = other.account and other.account != head.own_account
    if is_own or (is_other and not side.name and not side.account):
        return other
    return side


def _reason(returned: Element | None) -> str:
    if returned is None:
        return ""
    code = text(returned, "Rsn", "Cd") or text(returned, "Rsn", "Prtry")
    return code or " ".join(text(info) for info in returned.findall("AddtlInf"))


def _remittance(node: Element) -> tuple[str, tuple[ReferredDocument, ...], str]:
    """Return the structured reference, the documents, and all that is said in words."""
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
    said = " ".join(filter(None, [*words, *others]))
    nothing = not (said or first or documents)
    return first, documents, text(node, "AddtlTxInf") if nothing else said


def _width(lines: list[str]) -> int:
    """Return the width at which the lines were cut, 0 if each is a line of its own."""
    lengths = {len(line) for line in lines[:-1]}
    width = lengths.pop() if len(lengths) == 1 else 0
    return width if width in WRAPS and len(lines[-1]) <= width else 0


def _documents(block: Element) -> list[ReferredDocument]:
    numbers = [
        number
        for document in block.findall("RfrdDocInf")
        if (number := text(document, "Nb") or text(document, "RfrdDocNb"))
    ]
    amounts = at(block, "RfrdDocAmt")
    if len(numbers) != 1 or amounts is None:
        return [ReferredDocument(number) for number in numbers]
    due, remitted = money(amounts.find("DuePyblAmt")), money(amounts.find("RmtdAmt"))
    credit = money(amounts.find("CdtNoteAmt"))
    adjustments = _adjustments(amounts, due, remitted)
    amount = remitted.amount if remitted else None
    if amount is None and credit:
        amount = -credit.amount
    if amount is None and due:
        amount = due.amount + sum(adjustment.amount for adjustment in adjustments)
    return [ReferredDocument(numbers[0], amount, adjustments)]


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
