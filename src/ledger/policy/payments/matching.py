"""What a bank transaction may be for: proposals, each with its evidence and a score.

Only three things are allocated without a person: a reference or invoice number with an amount that
fits, amounts that the payer states for the numbers that they name, and the one open amount of a
payer whose account is known. All else waits for a person with its best proposals. A number that the
payer names and that is not among the proposed invoices is never overruled.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from ledger.facts.bank import BankTransactionRecorded, PaidDocument, Share
from ledger.facts.codes import ZERO
from ledger.policy.normalise import reference
from ledger.policy.payments.misspelling import misspelt

MOST = 5  # proposals
PAIRS = 40  # open invoices of a payer among which sums are tried
CERTAIN = 95  # score from which no person is asked


class Evidence(StrEnum):
    """Why a transaction may be for an invoice."""

    REFERENCE = "structured reference"
    NUMBER = "invoice number"
    STATED = "amounts that the payer states"
    ORDER = "purchase order"
    AMOUNT = "exactly what is open"
    UNDISPUTED = "exactly what is not disputed"
    SUM = "exactly what is open of these together"
    DISCOUNT = "what is open less the deduction that the payer states"
    PART = "less than what is open"
    MORE = "more than what is open"
    ACCOUNT = "account that this debtor paid from before"
    NAME = "name of the debtor"
    CUSTOMER = "customer number"
    TYPING = "invoice number with a typing error"
    SEVERAL = "several invoices fit"
    OLDEST = "oldest due date first"


E = Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """An open invoice."""

    invoice: str
    debtor: str
    name: str
    currency: str
    open_amount: Decimal
    undisputed: Decimal
    due_on: date


@dataclass(frozen=True, slots=True)
class Clues:
    """What our books know of the names in a transaction."""

    by_reference: tuple[Claim, ...] = ()  # its structured reference is given
    by_number: tuple[Claim, ...] = ()
    by_order: tuple[Claim, ...] = ()
    payers: Mapping[str, Evidence] = field(default_factory=dict)  # debtor: how we know them
    of_payers: tuple[Claim, ...] = ()  # their open invoices
    by_amount: tuple[Claim, ...] = ()  # that have exactly this amount open
    unknown: tuple[str, ...] = ()  # references of the payer that are none of ours
    settled: tuple[str, ...] = ()  # invoices that are named and have nothing open


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which invoices a transaction may be for. What is left waits with the debtor."""

    debtor: str
    name: str
    shares: tuple[Share, ...]
    rest: Decimal
    score: int  # 0 to 100
    evidence: tuple[Evidence, ...]

    @property
    def is_certain(self) -> bool:
        """Return whether no person needs to look at it."""
        return self.score >= CERTAIN


def proposals(transaction: BankTransactionRecorded, clues: Clues) -> list[Proposal]:
    """Return what the transaction may be for, the most likely first; nothing for money out."""
    if transaction.amount <= 0:
        return []
    best: dict[tuple[str, tuple[Share, ...]], Proposal] = {}
    for proposal in _all(transaction, clues):
        key = (proposal.debtor, proposal.shares)
        if key not in best or best[key].score < proposal.score:
            best[key] = proposal
    found = sorted(best.values(), key=lambda p: (-p.score, p.shares and p.shares[0].invoice))
    return _without_rivals(found, doubtful=bool(transaction.trouble))[:MOST]


def certain(transaction: BankTransactionRecorded, clues: Clues) -> Proposal | None:
    """Return the proposal that needs no person, if there is one."""
    found = proposals(transaction, clues)
    return found[0] if found and found[0].is_certain else None


def _all(t: BankTransactionRecorded, clues: Clues) -> Iterator[Proposal]:
    named = _in_currency(t, (*clues.by_reference, *clues.by_number))
    how = (E.REFERENCE,) if clues.by_reference else (E.NUMBER,)
    contradicted = bool(clues.unknown or clues.settled)
    if named:
        yield from _named(t, named, how, bool(clues.settled))
    elif orders := _in_currency(t, clues.by_order):
        yield from _named(t, orders, (E.ORDER,), contradicted)
    named_ones = {claim.invoice for claim in named}
    for debtor, known_by in clues.payers.items():
        own = [claim for claim in _in_currency(t, clues.of_payers) if claim.debtor == debtor]
        others = bool(named) and not any(claim.debtor == debtor for claim in named)
        yield from _of_payer(t, own, debtor, known_by, contradicted or others or bool(named_ones))
    yield from _by_amount(t, _in_currency(t, clues.by_amount), named_ones)


def _in_currency(t: BankTransactionRecorded, claims: Iterable[Claim]) -> list[Claim]:
    """Return each claim once, if it is open in the currency of the transaction."""
    found = {claim.invoice: claim for claim in claims if claim.currency == t.currency}
    return [claim for claim in found.values() if claim.open_amount > 0]


def _named(
    t: BankTransactionRecorded, named: Sequence[Claim], how: tuple[Evidence, ...], doubtful: bool
) -> Iterator[Proposal]:
    """Yield proposals for the invoices that the payer names, together."""
    lower = (10 if doubtful else 0) + (15 if E.ORDER in how else 0)
    yield from _as_stated(t, named, how, lower)
    whole = {claim.invoice: claim.open_amount for claim in named}
    total = sum(whole.values(), ZERO)
    if total == t.amount:
        fits = E.AMOUNT if len(named) == 1 else E.SUM
        yield _proposal(t, named, whole, 99 - lower, (*how, fits))
    undisputed = {c.invoice: c.undisputed for c in named if c.undisputed > 0}
    if undisputed and sum(undisputed.values()) == t.amount and undisputed != whole:
        yield _proposal(t, named, undisputed, 97 - lower, (*how, E.UNDISPUTED))
    if len(named) > 1:  # the text may name more than what is paid
        for claim in named:
            if claim.open_amount == t.amount:
                only = {claim.invoice: t.amount}
                yield _proposal(t, [claim], only, 85 - lower, (*how, E.AMOUNT, E.SEVERAL))
    if t.amount > total:
        yield _proposal(t, named, whole, 80 - lower, (*how, E.MORE))
    if t.amount < total:
        yield _proposal(t, named, _oldest(t.amount, named), 75 - lower, (*how, E.PART))


def _as_stated(
    t: BankTransactionRecorded, named: Sequence[Claim], how: tuple[Evidence, ...], lower: int
) -> Iterator[Proposal]:
    """Yield what the payer states for each number, or as the deduction from the only one."""
    stated = _stated(t.documents, named)
    if stated and sum(stated.values()) == t.amount:
        yield _proposal(t, named, stated, 99 - lower, (*how, E.STATED))
    deducted = sum((a.amount for d in t.documents for a in d.adjustments), ZERO)
    if len(named) == 1 and deducted and named[0].open_amount - abs(deducted) == t.amount:
        yield _proposal(t, named, {named[0].invoice: t.amount}, 97 - lower, (*how, E.DISCOUNT))


def _misspelt(
    t: BankTransactionRecorded, claims: Sequence[Claim], other_than: Claim | None = None
) -> list[Claim]:
    """Return the claims whose number the payer mistyped."""
    texts = (t.remittance, t.end_to_end, t.creditor_reference)
    found = misspelt([claim.invoice for claim in claims], *texts)
    return [claim for claim in claims if claim is not other_than and claim.invoice in found]


def _of_payer(
    t: BankTransactionRecorded,
    own: Sequence[Claim],
    debtor: str,
    known_by: Evidence,
    contradicted: bool,
) -> Iterator[Proposal]:
    """Yield proposals among all open invoices of a debtor who seems to be the payer."""
    lower = {E.ACCOUNT: 0, E.CUSTOMER: 10, E.NAME: 15}.get(known_by, 20)
    lower += 30 if contradicted else 0
    exact = [claim for claim in own if claim.open_amount == t.amount]
    fits = E.AMOUNT
    if not exact:
        exact = [claim for claim in own if claim.undisputed == t.amount]
        fits = E.UNDISPUTED
    for claim in exact:
        only = {claim.invoice: t.amount}
        if len(exact) == 1 and not _misspelt(t, own, other_than=claim):
            yield _proposal(t, [claim], only, 95 - lower, (known_by, fits))
        else:
            yield _proposal(t, [claim], only, 70 - lower, (known_by, fits, E.SEVERAL))
    for claim in _misspelt(t, own):
        share = {claim.invoice: min(claim.open_amount, t.amount)}
        score = 90 if claim.open_amount == t.amount else 65
        yield _proposal(t, [claim], share, score - lower, (E.TYPING, known_by))
    total = sum((claim.open_amount for claim in own), ZERO)
    if len(own) > 1 and total == t.amount:
        whole = {claim.invoice: claim.open_amount for claim in own}
        yield _proposal(t, own, whole, 85 - lower, (known_by, E.SUM))
    elif not exact:
        for pair in _pairs(own, t.amount):
            whole = {claim.invoice: claim.open_amount for claim in pair}
            yield _proposal(t, pair, whole, 75 - lower, (known_by, E.SUM))
    shares = _oldest(t.amount, own)
    yield _proposal(t, own, shares, 40 - lower, (known_by, E.OLDEST), debtor=debtor)


def _by_amount(
    t: BankTransactionRecorded, same: Sequence[Claim], named: set[str]
) -> Iterator[Proposal]:
    """Yield invoices of anybody that have exactly this amount open; weak, but for the number with
    a typing error."""
    misspelt = {claim.invoice for claim in _misspelt(t, same)}
    for claim in same:
        only = {claim.invoice: t.amount}
        if claim.invoice in misspelt and len(misspelt) == 1:
            yield _proposal(t, [claim], only, 80 if not named else 50, (E.TYPING, E.AMOUNT))
        elif len(same) == 1:
            yield _proposal(t, [claim], only, 25 if not named else 10, (E.AMOUNT,))
        else:
            yield _proposal(t, [claim], only, 15 if not named else 5, (E.AMOUNT, E.SEVERAL))


def _stated(documents: Sequence[PaidDocument], named: Sequence[Claim]) -> dict[str, Decimal]:
    """Return the amounts that the payer states for our invoices, all of them or none."""
    by_key = {reference(claim.invoice): claim.invoice for claim in named}
    found: dict[str, Decimal] = {}
    for document in documents:
        invoice = by_key.get(reference(document.number))
        if invoice is None or document.amount is None or document.amount <= 0:
            return {}
        found[invoice] = found.get(invoice, ZERO) + document.amount
    return found


def _proposal(
    t: BankTransactionRecorded,
    claims: Sequence[Claim],
    shares: Mapping[str, Decimal],
    score: int,
    evidence: tuple[Evidence, ...],
    debtor: str = "",
) -> Proposal:
    """Return a proposal; several debtors are never certain, as the payer is one of them."""
    debtors = {claim.debtor: claim.name for claim in claims if claim.invoice in shares}
    if len(debtors) > 1:
        score = min(score, CERTAIN - 5)
    if not debtor and debtors:
        debtor = next(iter(debtors))
    names = {claim.debtor: claim.name for claim in claims}
    parts = tuple(Share(invoice, amount) for invoice, amount in shares.items() if amount > 0)
    rest = t.amount - sum((part.amount for part in parts), ZERO)
    return Proposal(debtor, names.get(debtor, ""), parts, rest, max(score, 1), evidence)


def _without_rivals(found: list[Proposal], doubtful: bool) -> list[Proposal]:
    """Two that are certain contradict each other: a person chooses. Of what was not understood
    wholly, none is."""
    sure = [proposal for proposal in found if proposal.is_certain]
    if len(sure) < 2 and not doubtful:
        return found
    more = (E.SEVERAL,) if len(sure) > 1 else ()
    return [
        replace(p, score=CERTAIN - 1, evidence=(*p.evidence, *more)) if p.is_certain else p
        for p in found
    ]


def _oldest(amount: Decimal, claims: Sequence[Claim]) -> dict[str, Decimal]:
    """Return what each invoice gets when the oldest due date is met first."""
    shares, left = dict[str, Decimal](), amount
    for claim in sorted(claims, key=lambda claim: (claim.due_on, claim.invoice)):
        if left > 0:
            shares[claim.invoice] = min(claim.open_amount, left)
            left -= shares[claim.invoice]
    return shares


def _pairs(claims: Sequence[Claim], amount: Decimal) -> Iterator[Sequence[Claim]]:
    """Yield two or three invoices that are exactly the amount together."""
    few = sorted(claims, key=lambda claim: (claim.due_on, claim.invoice))[:PAIRS]
    for count in (2, 3):
        found = [
            group for group in combinations(few, count)
            if sum((claim.open_amount for claim in group), ZERO) == amount
        ]  # fmt: skip
        if found:
            yield from found[:2]
            return
