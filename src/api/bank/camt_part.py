"""Reads one transaction (TxDtls) of an entry: amounts, charges, the other side, references."""

from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from api.bank.camt_element import Money, account_of, at, money, text
from api.bank.camt_remittance import read_remittance
from api.bank.statement import Part
from api.bank.words import given


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
    reference, documents, remittance = read_remittance(node)
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
