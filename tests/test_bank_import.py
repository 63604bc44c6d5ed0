"""Bank statements come in: recorded once, allocated when certain, undone and returned exactly."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from api.bank.import_ import FileReport, allocate_certain, import_statements
from api.bank.proposing import proposed
from api.bank.recording import transaction_number
from api.bank.statement import Balance, BankEntry, Part, Statement
from api.session import TenantSession
from commands.bank.allocation import allocation, returned, undone
from commands.bank.transactions import SetBankTransactionAside
from commands.debtors.registration import RegisterDebtor
from commands.execute import execute
from ledger.facts.bank import BankTransaction
from ledger.facts.books import BANK_TRANSACTION, DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.payments.references import ReferenceKind, structured
from ledger.policy.refusal import NotFound, Refused
from projections import bank, bank_statements
from support.creditor import Creditor, invoice

ACCOUNT, PAYER = "NL91ABNA0417164300", "NL02RABO0123456789"
DAY = date(2026, 3, 1)
FILE = "0" * 64


def part(amount: str, remittance: str = "", **given: Any) -> Part:
    facts = {"amount": Decimal(amount), "currency": "EUR", "remittance": remittance}
    return Part(**{**facts, "payer_name": "Bakery", "payer_iban": PAYER, **given})


def entry(nth: int, *parts: Part, key: str | None = None, **given: Any) -> BankEntry:
    facts = {
        "nth": nth,
        "amount": sum((each.amount for each in parts), Decimal(0)),
        "currency": "EUR",
        "booked_on": DAY,
        "value_on": DAY,
        "key": f"K{nth}" if key is None else key,
        "parts": parts,
    }
    return BankEntry(**{**facts, **given})


def statement(id_: str, *entries: BankEntry, opening: str = "0", **given: Any) -> Statement:
    total = sum((e.amount for e in entries if e.is_booked), Decimal(opening or 0))
    facts = {
        "format": "camt.053",
        "account": ACCOUNT,
        "currency": "EUR",
        "id": id_,
        "opening": Balance(DAY, Decimal(opening)) if opening else None,
        "closing": Balance(DAY, total) if opening else None,
        "entries": entries,
    }
    return Statement(**{**facts, **given})


class Bank:
    """Files go in; books come out."""

    def __init__(self, creditor: Creditor, session: TenantSession) -> None:
        self.creditor, self.session = creditor, session

    def reads(self, *statements: Statement) -> FileReport:
        context = self.session.context("anna")
        return import_statements(self.session, context, "f", FILE, statements, lambda done: None)

    def plan(self, plan: Any) -> None:
        execute(self.session.ledger, plan, self.session.context("anna"))

    def transaction(self, number: str) -> BankTransaction:
        state: BankTransaction = self.session.ledger.book(BANK_TRANSACTION, number).state
        return state

    def invoice(self, number: str) -> Invoice:
        state: Invoice = self.session.ledger.book(INVOICE, number).state
        return state

    def debtor(self, number: str) -> Debtor:
        state: Debtor = self.session.ledger.book(DEBTOR, number).state
        return state

    def rows(self, status: str) -> list[bank.BankRow]:
        with self.creditor.reading() as conn:
            return bank.in_status(self.creditor.tenant, status).fetch(conn)

    def proposed(self, status: str = "waiting") -> Any:
        with self.creditor.reading() as conn:
            rows = bank.in_status(self.creditor.tenant, status).fetch(conn)
            return proposed(conn, self.session.tenant, rows)


@pytest.fixture
def bank_case(creditor: Creditor, session: TenantSession) -> Bank:
    creditor.execute(
        RegisterDebtor(debtor="D-1", name="Bakery"),
        RegisterDebtor(debtor="D-2", name="Butcher & Sons"),
        invoice("2026-001", debtor="D-1", amount=121),
        invoice("2026-002", debtor="D-1", amount="60.50"),
        invoice("2026-003", debtor="D-2", amount=500),
    )
    return Bank(creditor, session)


def number(nth: int, amount: str) -> str:
    return transaction_number(ACCOUNT, DAY, f"K{nth}", Decimal(amount))


def test_what_is_certain_is_allocated_and_the_rest_waits(bank_case: Bank) -> None:
    reference = structured("2026-003", ReferenceKind.CREDITOR)
    report = bank_case.reads(
        statement(
            "S1",
            entry(1, part("121.00", "invoice 2026 001")),
            entry(2, part("500.00", payer_name="C.", payer_iban="", creditor_reference=reference)),
            entry(3, part("33.00", "for the cake")),
            entry(4, part("-2.50", "costs", payer_name="", payer_iban="")),
        )
    )  # fmt: skip
    assert (report.allocated, report.allocated_amount, report.out) == (2, Decimal("621.00"), 1)
    assert bank_case.invoice("2026-001").open_amount == 0
    assert bank_case.invoice("2026-003").open_amount == 0
    [paid] = bank_case.invoice("2026-001").payments
    assert paid == number(1, "121.00")
    state = bank_case.transaction(paid)
    assert state.allocated
    assert state.allocated.automatic
    assert state.allocated.evidence == ("invoice number", "exactly what is open")
    assert {row.place for row in bank_case.rows("waiting")} == {"3", "4"}


def test_a_file_counts_once_and_an_intraday_report_is_the_same_booking(bank_case: Bank) -> None:
    first = statement("S1", entry(1, part("121.00", "2026-001")), entry(2, part("10.00")))
    intraday = statement("R1", *first.entries, format="camt.052", opening="")
    assert bank_case.reads(intraday).statements[0].new == 2
    again = bank_case.reads(first).statements[0]
    assert (again.new, again.seen, again.was_imported) == (0, 2, False)
    third = bank_case.reads(first).statements[0]
    assert (third.new, third.seen, third.was_imported) == (0, 2, True)
    assert len(bank_case.invoice("2026-001").payments) == 1


def test_two_alike_in_one_statement_are_two(bank_case: Bank) -> None:
    alike = [entry(nth, part("5.00", "coffee"), key="SAME") for nth in (1, 2)]
    nameless = [entry(nth, part("5.00", "coffee"), key="") for nth in (3, 4)]
    assert bank_case.reads(statement("S1", *alike, *nameless)).statements[0].new == 4


def test_two_payments_of_one_invoice_in_a_file_are_not_both_allocated(bank_case: Bank) -> None:
    report = bank_case.reads(
        statement("S1", *(entry(nth, part("121.00", "2026-001")) for nth in (1, 2)))
    )
    assert report.allocated == 1
    assert bank_case.invoice("2026-001").open_amount == 0, "it is not paid twice"
    [waits] = bank_case.proposed()
    assert waits.clues.settled == ("2026-001",)


def test_a_batch_is_split_and_what_is_announced_is_not_booked(bank_case: Bank) -> None:
    report = bank_case.reads(
        statement(
            "S1",
            entry(1, part("121.00", "2026-001"), part("60.50", "2026-002")),
            entry(2, part("9.00"), is_booked=False),
        )
    )
    assert (report.allocated, report.statements[0].not_booked) == (2, 1)
    assert {row.place for row in bank_case.rows("allocated")} == {"1.1", "1.2"}


def test_statements_chain(bank_case: Bank) -> None:
    bank_case.reads(statement("S1", entry(1, part("10.00")), opening="100"))
    good = bank_case.reads(statement("S2", entry(2, part("5.00")), opening="110"))
    assert good.statements[0].problems == []
    [gap] = bank_case.reads(statement("S4", entry(3, part("5.00")), opening="200")).statements
    assert "closed with 115.00" in gap.problems[0]
    wrong = statement("S5", entry(4, part("5.00")), opening="205", closing=Balance(DAY, Decimal(9)))
    [differs] = bank_case.reads(wrong).statements
    assert "differ from the sum of its entries by -201.00" in differs.problems[0]
    with bank_case.creditor.reading() as conn:
        rows = bank_statements.newest(bank_case.creditor.tenant).fetch(conn)
    assert {row.statement: bool(row.problems) for row in rows} == {
        "S1": False, "S2": False, "S4": True, "S5": True,
    }  # fmt: skip


def test_the_account_of_a_payer_is_learned_and_forgotten(bank_case: Bank) -> None:
    bank_case.reads(statement("S1", entry(1, part("121.00", "2026-001"))))
    report = bank_case.reads(statement("S2", entry(2, part("60.50", "thank you", payer_name="X"))))
    assert report.allocated == 1, "the account is known, and one invoice has that amount open"
    for paid in (number(1, "121.00"), number(2, "60.50")):
        bank_case.plan(lambda work, paid=paid: undone(work, paid, "Another one."))
    again = bank_case.reads(statement("S3", entry(3, part("60.50", "hello", payer_name="X"))))
    assert again.allocated == 0


def test_a_person_allocates_undoes_and_allocates_again(bank_case: Bank) -> None:
    bank_case.reads(statement("S1", entry(1, part("200.00", "bread"))))
    paid = number(1, "200.00")
    bank_case.plan(lambda work: allocation(work, paid, ["2026-001", "2026-002"], {}))
    assert bank_case.invoice("2026-002").open_amount == 0
    assert bank_case.debtor("D-1").money[paid].left == Decimal("18.50")
    with pytest.raises(Refused, match="allocated already"):
        bank_case.plan(lambda work: allocation(work, paid, ["2026-003"], {}))
    bank_case.plan(lambda work: undone(work, paid, "Not theirs."))
    assert bank_case.invoice("2026-001").open_amount == 121
    assert bank_case.debtor("D-1").money[paid].left == 0
    stated = {"2026-001": Decimal(100)}
    bank_case.plan(lambda work: allocation(work, paid, ["2026-001"], stated))
    assert bank_case.invoice("2026-001").open_amount == 21
    assert bank_case.debtor("D-1").money[f"{paid} (2)"].left == 100


def test_the_bank_takes_money_back(bank_case: Bank) -> None:
    bank_case.reads(statement("S1", entry(1, part("121.00", "2026-001", end_to_end="E1"))))
    back = part("-121.00", end_to_end="E1", return_reason="AC04")
    bank_case.reads(statement("S2", entry(2, back)))
    [waits] = bank_case.proposed()
    assert [row.transaction for row in waits.returns] == [number(1, "121.00")]
    first, second = number(1, "121.00"), number(2, "-121.00")
    bank_case.plan(lambda work: returned(work, second, first))
    assert bank_case.invoice("2026-001").open_amount == 121
    assert "AC04" in bank_case.transaction(first).why
    assert bank_case.transaction(second).status == "matched"
    with pytest.raises(Refused, match="matched already"):
        bank_case.plan(lambda work: returned(work, second, first))


def test_money_is_set_aside_and_what_is_not_there_is_named(bank_case: Bank) -> None:
    bank_case.reads(statement("S1", entry(1, part("5.00")), entry(2, part("-5.00"))))
    aside = number(1, "5.00")
    command = SetBankTransactionAside(transaction=aside, why="Interest.")
    bank_case.plan([command])
    assert bank_case.transaction(aside).status == "set aside"
    with pytest.raises(Refused, match="went out"):
        bank_case.plan(lambda work: allocation(work, number(2, "-5.00"), ["2026-001"], {}))
    with pytest.raises(NotFound, match="no bank transaction"):
        bank_case.plan(lambda work: allocation(work, "X", ["2026-001"], {}))
    stated = {"2026-002": Decimal("70.00")}
    bank_case.reads(statement("S2", entry(3, part("99.00"))))
    with pytest.raises(Refused, match="is open"):
        bank_case.plan(lambda work: allocation(work, number(3, "99.00"), ["2026-002"], stated))


def test_a_payment_before_its_invoice_is_allocated_later(bank_case: Bank) -> None:
    assert bank_case.reads(statement("S1", entry(1, part("40.00", "2026-004")))).allocated == 0
    bank_case.creditor.execute(invoice("2026-004", debtor="D-1", amount=40))
    done, amount = allocate_certain(bank_case.session, bank_case.session.context("anna"))
    assert (done, amount) == (1, Decimal("40.00"))
    paid = number(1, "40.00")
    bank_case.plan(lambda work: undone(work, paid, "Not for this one."))
    again, _ = allocate_certain(bank_case.session, bank_case.session.context("anna"))
    assert again == 0, "a person took it back, so a person decides"


@pytest.mark.parametrize("kind", ReferenceKind)
def test_a_structured_reference_finds_its_invoice_also_as_a_digest(
    bank_case: Bank, kind: ReferenceKind
) -> None:
    bank_case.creditor.execute(invoice("INV_2026_17", debtor="D-2", amount="77.70"))
    given = structured("INV_2026_17", kind)
    strange = {"payer_name": "C.", "payer_iban": "", "creditor_reference": given}
    report = bank_case.reads(statement("S1", entry(1, part("77.70", **strange))))
    assert report.allocated == 1
    [paid] = bank_case.invoice("INV_2026_17").payments
    state = bank_case.transaction(paid).allocated
    assert state
    assert state.evidence[0] == "structured reference"
