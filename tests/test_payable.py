"""What a payer's banking app is given: EPC069-12, version 002, for euros in SEPA."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as but

from commands.command import DecisionContext
from commands.creditor import DescribeCreditor
from ledger.facts.books import CREDITOR
from ledger.facts.creditor import AccountChange, BankAccount, Creditor
from ledger.policy.payments.payable import payable, recent_change
from ledger.policy.payments.references import find_references

TODAY = date(2026, 3, 2)
DUTCH, OTHER = "NL91ABNA0417164300", "NL44RABO0123456789"
FIRM = Creditor(UUID(int=0), name="Korenaar B.V.", bank_accounts=(BankAccount(DUTCH),))


def code(
    *invoices: str, amount: Decimal | None = Decimal("10.5"), firm: Creditor = FIRM,
    currency: str = "EUR",
) -> str:  # fmt: skip
    due = payable(firm, invoices, amount, currency, TODAY, "D-7")
    assert due
    return due.code


def paid_to(account: BankAccount) -> Creditor:
    return but(FIRM, bank_accounts=(account,))


def test_a_single_invoice_has_its_structured_reference() -> None:
    assert code("F-1").split("\n") == [
        "BCD", "002", "1", "SCT", "", "Korenaar B.V.", DUTCH, "EUR10.50", "", "RF63FX1"
    ]  # fmt: skip


def test_several_are_named_in_the_text_and_too_many_by_the_customer() -> None:
    assert code("F-1", "F-2").split("\n")[8:] == ["", "", "F-1, F-2"]
    many = [f"2026-{n:04}" for n in range(40)]
    assert code(*many).split("\n")[8:] == ["", "", "D-7"]
    assert code().split("\n")[8:] == ["", "", "D-7"]


@pytest.mark.parametrize(
    ("firm", "amount", "currency"),
    [
        (FIRM, "10", "USD"),
        (FIRM, "0", "EUR"),
        (FIRM, "-1", "EUR"),
        (FIRM, "1000000000", "EUR"),
        (FIRM, None, "EUR"),
        (paid_to(BankAccount("CH4431999123000889012", bic="UBSWCHZH80A")), "10", "EUR"),
        (paid_to(BankAccount("CH9300762011623852957")), "10", "EUR"),  # it needs a BIC
        (paid_to(BankAccount("TR330006100519786457841326")), "10", "EUR"),
        (but(FIRM, name=""), "10", "EUR"),
    ],
)
def test_what_no_banking_app_can_pay_has_no_code(
    firm: Creditor, amount: str | None, currency: str
) -> None:
    given = Decimal(amount) if amount else None
    assert code("F-1", firm=firm, amount=given, currency=currency) == ""


def test_outside_the_economic_area_it_has_the_bic() -> None:
    swiss = paid_to(BankAccount("CH9300762011623852957", bic="UBSW CHZH 80A"))
    assert code("F-1", firm=swiss).split("\n")[4] == "UBSWCHZH80A"
    wrong = paid_to(BankAccount(DUTCH, bic="my bank"))
    assert code("F-1", firm=wrong).split("\n")[4] == "", "a BIC that is none is left out"


@settings(max_examples=60, deadline=None)  # it draws each code
@given(
    st.text(max_size=100),
    st.lists(st.text(min_size=1, max_size=40), max_size=12),
    st.decimals("0.01", "999999999.99", places=2),
)
def test_whatever_the_names_the_code_keeps_the_rules(
    name: str, invoices: list[str], amount: Decimal
) -> None:
    content = code(*invoices, firm=but(FIRM, name=name), amount=amount)
    if not content:
        long = len(f"{name[:70]}{', '.join(invoices)[:140]}".encode()) > 210
        assert long or not "".join(filter(str.isprintable, name)).strip()
        return
    made = segno.make_qr(content.encode(), error="m", boost_error=False)
    assert int(made.version) <= 13
    lines = content.split("\n")
    assert len(lines) <= 11
    assert 0 < len(lines[5]) <= 70
    assert Decimal(lines[7].removeprefix("EUR")) == amount
    structured, text = [*lines, "", "", ""][9:11]
    assert not (structured and text)
    assert len(text) <= 140
    if len(invoices) == 1:
        assert find_references(structured) == (structured,)


def after(state: Creditor, today: date, **given: object) -> Creditor:
    command = DescribeCreditor.model_validate(given)
    for event in command.decide(state, DecisionContext(today, "anna")):
        state = CREDITOR.after(state, event)
    return state


def test_debtors_are_warned_for_sixty_days_after_another_account_is_shown() -> None:
    first = after(Creditor(UUID(int=0)), TODAY, name="K", bank_accounts=[{"iban": DUTCH}])
    assert recent_change(first, TODAY) is None, "the first account is no change"
    same = after(first, TODAY, bank_accounts=[{"iban": DUTCH, "bic": "ABNANL2A"}])
    assert recent_change(same, TODAY) is None, "it is the same account"
    moved = after(same, TODAY, bank_accounts=[{"iban": OTHER}, {"iban": DUTCH}])
    change = AccountChange(TODAY, DUTCH)
    assert recent_change(moved, TODAY + timedelta(59)) == change
    assert recent_change(moved, TODAY + timedelta(60)) is None
    due = payable(moved, ["F-1"], Decimal(1), "EUR", TODAY)
    assert due
    assert due.change == change


def test_no_way_of_recording_it_hides_a_change() -> None:
    first = after(Creditor(UUID(int=0)), TODAY, name="K", bank_accounts=[{"iban": DUTCH}])
    by_none = after(after(first, TODAY, bank_accounts=[]), TODAY, bank_accounts=[{"iban": OTHER}])
    assert recent_change(by_none, TODAY) == AccountChange(TODAY, DUTCH)
    early = after(first, TODAY, bank_accounts=[{"iban": OTHER}], on="2025-01-01")
    assert recent_change(early, TODAY) == AccountChange(TODAY, DUTCH), "it counts from today"
    late = after(first, TODAY, bank_accounts=[{"iban": OTHER}], on="2027-01-01")
    assert recent_change(late, TODAY) == AccountChange(TODAY, DUTCH)
