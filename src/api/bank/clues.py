"""Look-up of what our books know of the names in bank transactions, for many of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.database.pool import Conn
from ledger.facts.bank import BankTransactionRecorded
from ledger.policy.normalise import reference
from ledger.policy.payments.matching import Claim, Clues, Evidence
from ledger.policy.payments.reference_names import is_of, names_in
from ledger.policy.payments.references import find_references
from ledger.policy.references import NameKind, candidates
from projections import bank, claims

SHORT = 4  # letters and digits of a name that says nothing
LONGEST = 20_000  # characters of a text that are looked through
LIKELIEST = 3  # debtors who paid from an account


@dataclass
class _Known:
    """What the books have of the names in all transactions."""

    named: Mapping[tuple[str, str], Sequence[claims.Named]]  # by kind and key
    by_number: Mapping[str, Claim]
    by_debtor: Mapping[str, Sequence[Claim]]
    by_amount: Mapping[tuple[str, Decimal], Sequence[Claim]]
    payers: Mapping[str, Sequence[bank.Payer]] = field(default_factory=dict)

    def of(self, kind: NameKind, keys: Iterable[str]) -> list[claims.Named]:
        return [row for key in keys for row in self.named.get((kind, key), ())]


@dataclass(frozen=True)
class _Texts:
    """The keys of a transaction, in normal form."""

    references: tuple[str, ...]  # structured
    words: tuple[str, ...]  # that may be a number
    documents: tuple[str, ...]
    name: tuple[str, ...]

    @property
    def keys(self) -> Iterable[str]:
        yield from (name for found in self.references for name in names_in(found))
        yield from (*self.words, *self.documents, *self.name)


def clues_of(
    conn: Conn, tenant: str, transactions: Sequence[BankTransactionRecorded]
) -> list[Clues]:
    """Return the clues of each transaction, in their order, by the read models as they are."""
    texts = [_texts(t) for t in transactions]
    known = _look_up(conn, tenant, transactions, texts)
    return [_clues(t, text, known) for t, text in zip(transactions, texts, strict=True)]


def _texts(t: BankTransactionRecorded) -> _Texts:
    written = (t.creditor_reference, t.remittance[:LONGEST], t.end_to_end)
    names = (reference(name) for name in (t.ultimate_name, t.name))
    return _Texts(
        references=tuple(dict.fromkeys(r for text in written for r in find_references(text))),
        words=candidates(*written),
        documents=tuple(reference(document.number) for document in t.documents),
        name=tuple(dict.fromkeys(name for name in names if len(name) >= SHORT)),
    )


def _look_up(
    conn: Conn,
    tenant: str,
    transactions: Sequence[BankTransactionRecorded],
    texts: Sequence[_Texts],
) -> _Known:
    keys = dict.fromkeys(key for text in texts for key in text.keys)
    named = defaultdict[tuple[str, str], list[claims.Named]](list)
    for row in claims.named(tenant, [*keys]).fetch(conn) if keys else ():
        named[row.kind, row.plain].append(row)
    numbers = {row.invoice for rows in named.values() for row in rows if row.invoice}
    by_number = {c.invoice: c for c in claims.of_numbers(tenant, sorted(numbers)).fetch(conn)}
    ibans = {t.iban for t in transactions if t.iban and t.amount > 0}
    payers = defaultdict[str, list[bank.Payer]](list)
    for payer in bank.payers(tenant, sorted(ibans)).fetch(conn) if ibans else ():
        payers[payer.iban].append(payer)
    debtors = {payer.debtor for found in payers.values() for payer in found[:LIKELIEST]}
    debtors |= {row.debtor for rows in named.values() for row in rows if not row.invoice}
    by_debtor = defaultdict[str, list[Claim]](list)
    for claim in claims.of_debtors(tenant, sorted(debtors)).fetch(conn) if debtors else ():
        by_debtor[claim.debtor].append(claim)
    return _Known(named, by_number, by_debtor, _by_amount(conn, tenant, transactions), payers)


def _by_amount(
    conn: Conn, tenant: str, transactions: Sequence[BankTransactionRecorded]
) -> dict[tuple[str, Decimal], list[Claim]]:
    amounts = defaultdict[str, set[Decimal]](set)
    for t in transactions:
        if t.amount > 0:
            amounts[t.currency].add(t.amount)
    found = defaultdict[tuple[str, Decimal], list[Claim]](list)
    for currency, each in amounts.items():
        for claim in claims.of_amounts(tenant, currency, sorted(each)).fetch(conn):
            found[currency, claim.open_amount].append(claim)
    return found


def _clues(t: BankTransactionRecorded, texts: _Texts, known: _Known) -> Clues:
    by_reference, ours = dict[str, Claim](), set[str]()
    for given in texts.references:
        rows = (
            *known.of(NameKind.STRUCTURED, names_in(given)),
            *known.of(NameKind.INVOICE, names_in(given)),
        )
        for row in rows:
            if is_of(given, row.invoice) and row.invoice in known.by_number:
                by_reference[row.invoice] = known.by_number[row.invoice]
                ours.add(given)
        for claim in known.by_amount.get((t.currency, t.amount), ()):
            if is_of(given, claim.invoice):  # a digest, which no name has
                by_reference[claim.invoice] = claim
                ours.add(given)
    numbers = known.of(NameKind.INVOICE, (*texts.documents, *texts.words))
    by_number = _open_first(_longest(numbers), known)
    orders = known.of(NameKind.ORDER, (*texts.documents, *texts.words))
    open_ones = [c for c in by_number if c.open_amount > 0]
    settled = [c.invoice for c in (*by_reference.values(), *by_number) if c.open_amount <= 0]
    payers = _payers(t, texts, known)
    return Clues(
        by_reference=tuple(c for c in by_reference.values() if c.open_amount > 0),
        by_number=tuple(open_ones),
        by_order=tuple(_open_first(orders, known)),
        payers=payers,
        of_payers=tuple(c for debtor in payers for c in known.by_debtor.get(debtor, ())),
        by_amount=tuple(known.by_amount.get((t.currency, t.amount), ())),
        unknown=_unknown(t, texts, known, ours),
        settled=tuple(dict.fromkeys(settled)),
    )


def _longest(rows: Sequence[claims.Named]) -> list[claims.Named]:
    """Return the rows without those whose key is a part of another's: “2026” beside “2026017”."""
    keys = {row.plain for row in rows}
    parts = {key for key in keys if any(key != other and key in other for other in keys)}
    return [row for row in rows if row.plain not in parts]


def _open_first(rows: Sequence[claims.Named], known: _Known) -> list[Claim]:
    found = {row.invoice: known.by_number.get(row.invoice) for row in rows}
    return [claim for claim in found.values() if claim is not None]


def _payers(t: BankTransactionRecorded, texts: _Texts, known: _Known) -> dict[str, Evidence]:
    """Return the debtors who may have paid, those that are known best first."""
    found = dict[str, Evidence]()
    if t.iban:
        for payer in known.payers.get(t.iban, ())[:LIKELIEST]:
            found.setdefault(payer.debtor, Evidence.ACCOUNT)
    for row in known.of(NameKind.CUSTOMER, texts.words):
        found.setdefault(row.debtor, Evidence.CUSTOMER)
    for row in known.of(NameKind.NAME, texts.name):
        found.setdefault(row.debtor, Evidence.NAME)
    return found


def _unknown(
    t: BankTransactionRecorded, texts: _Texts, known: _Known, ours: set[str]
) -> tuple[str, ...]:
    """Return references and documents that the payer names in fields of their own, and that are
    none of ours. In a free text any number may be one."""
    given = [key for key in find_references(t.creditor_reference) if key not in ours]
    documents = [
        document.number
        for document, key in zip(t.documents, texts.documents, strict=True)
        if not known.of(NameKind.INVOICE, (key,))
    ]
    return (*given, *documents)
