"""What a payment leads to that leaves a part unpaid: nothing, or a dispute over what is missing."""

from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace as but

from api.postman.outbox import find, reason_to_withdraw
from api.session import TenantSession
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import VoidDispute
from commands.payments.short_payments import short_payment_disputes, tolerated_shortfall
from ledger.facts.codes import Answer, Reason
from ledger.facts.invoice.dispute_endings import DisputeVoided
from ledger.facts.invoice.dispute_handling import (
    DisputeCommentUpdated,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverReminded,
)
from ledger.facts.invoice.payments import (
    CreditNoteIssued,
    LateFeeCharged,
    PaymentReceived,
    PaymentReversed,
)
from ledger.facts.playbook_rules import ShortPayments
from ledger.policy.payments.allocation import short_part
from ledger.policy.payments.reason_codes import LISTS, WORDS, reason_from_codes
from ledger.policy.tasks.invoice import tasks_for
from ledger.store.ledger import Ledger
from support.disputing import message_names, requested_messages, set_up_disputes
from support.examples import CASE, NOW, SAM, assigned, in_three, money, opened, paid, registered
from support.given import given
from support.http_clients import INVOICE, HttpClients, Person

BY_REASON = ShortPayments(disputes="with a reason")


def says(remittance: str | None = None, code: str | None = None, **more: Any) -> PaymentReceived:
    return but(paid(90), remittance=remittance, reason_code=code, **more)


def wishes(*events: Any, rules: ShortPayments = BY_REASON) -> list[Any]:
    """After the last of them."""
    invoice = given(*events).becomes()
    return list(short_payment_disputes([(invoice, events[-1])], rules))


@pytest.mark.parametrize(
    ("past", "short"),
    [
        ([registered], 0),
        ([registered, paid(90)], 10),
        ([registered, paid(100)], 0),
        ([registered, paid(90), opened(10, 10)], 0),
        ([registered, opened(30, 30), paid(60)], 10),
        ([in_three, paid(100)], 0),
        ([in_three, paid(190)], 10),
        ([in_three, paid(300)], 0),
        ([registered, LateFeeCharged(on=NOW, amount=money(5), why=""), paid(100)], 5),
        ([registered, CreditNoteIssued(on=NOW, number="C", amount=money(10))], 0),
    ],
)
def test_what_is_short_of_what_was_paid_in_part(past: list[Any], short: int) -> None:
    part = short_part(given(*past).becomes())
    assert (part.short if part else 0) == short


def test_the_agenda_says_by_how_much_it_is_short() -> None:
    [task] = tasks_for(given(registered, paid(90)).becomes())
    assert (str(task.action), task.amount) == ("chase debtor", money(10))
    assert "short by 10.00: 90 of 100.00 was paid" in task.why


def test_of_an_instalment_it_says_what_was_paid_of_that_one() -> None:
    [task] = tasks_for(given(in_three, paid(190)).becomes())
    assert "short by 10: 90 of 100 was paid" in task.why


def test_a_reason_opens_a_dispute_over_what_is_missing() -> None:
    [wish] = wishes(registered, says("minus korting 10 euro"))
    assert isinstance(wish, OpenDispute)
    assert (wish.reason, wish.contested, wish.comment, wish.payment) == (
        Reason.DISCOUNT,
        money(10),
        "minus korting 10 euro",
        "P1",
    )
    [wish] = wishes(registered, says(code="PU_ERR", reason_list="FR 207"))
    assert (wish.reason, wish.original_code, wish.original_list) == ("price", "PU_ERR", "FR 207")
    assert wish.comment == "Payment P1 is short by 10.00 EUR."


def test_without_a_reason_or_a_rule_nothing_is_opened() -> None:
    assert wishes(registered, says("invoice 2026-001, thanks")) == []
    assert wishes(registered, says("korting"), rules=ShortPayments()) == []
    assert wishes(registered, paid(100)) == []
    always = ShortPayments(disputes="always")
    [wish] = wishes(registered, says("thanks"), rules=always)
    assert (wish.reason, wish.comment) == (Reason.OTHER, "thanks")
    assert wishes(in_three, paid(100), rules=always) == []


@pytest.mark.parametrize(
    ("amount", "percent", "allowed"),
    [(None, None, "0"), ("5", None, "5"), (None, "2.5", "2.5"), ("5", "2", "2"), ("1", "2", "1")],
)
def test_of_two_tolerances_the_lower_one_counts(
    amount: str | None, percent: str | None, allowed: str
) -> None:
    given_ = [None if one is None else Decimal(one) for one in (amount, percent)]
    rules = ShortPayments("with a reason", *given_)
    assert tolerated_shortfall(rules, given(registered).becomes()) == Decimal(allowed)


def test_within_the_tolerance_it_is_let_be() -> None:
    loose = but(BY_REASON, tolerance=money(10))
    assert wishes(registered, says("korting"), rules=loose) == []
    assert len(wishes(registered, but(says("korting"), amount=money("89.99")), rules=loose)) == 1


reversal = PaymentReversed(on=NOW, reference="P1", amount=money(90), why="Bounced.")
short = but(opened(10, 10), payment="P1")


def test_a_reversal_ends_what_nobody_has_touched() -> None:
    reminded = ResolverReminded(on=NOW, case_id=CASE, resolver=SAM, times=1, follow_up_on=NOW)
    [wish] = wishes(registered, says("korting"), short, assigned, reminded, reversal)
    assert isinstance(wish, VoidDispute)
    assert (wish.case_id, wish.why) == (CASE, "Payment P1, which was short of it, was reversed.")


@pytest.mark.parametrize(
    "touch",
    [
        ResolverAnswered(
            on=NOW, case_id=CASE, resolver=SAM, answer=Answer.NOT_SOLVED, text="Busy."
        ),
        DisputeCommentUpdated(on=NOW, case_id=CASE, comment="It was 20 %."),
        FollowUpDateMoved(on=NOW, case_id=CASE, follow_up_on=NOW, why="Ill."),
        but(assigned, on=NOW.replace(day=9)),
        DisputeVoided(on=NOW, case_id=CASE, why="No.", rejected=money(10)),
    ],
)
def test_what_somebody_has_touched_stays(touch: Any) -> None:
    assert wishes(registered, says("korting"), short, touch, reversal) == []


def test_only_the_dispute_of_that_payment_ends() -> None:
    assert wishes(registered, says("korting"), opened(10, 10), reversal) == []


@pytest.mark.parametrize(
    ("code", "of", "text", "reason"),
    [
        ("damaged", None, "", "damaged"),
        ("PRI", None, "", "price"),
        ("PRI", "OPStatusReason", "korting", "price"),
        ("REM_ERR", "CDAR 207", "", "discount"),
        ("5", "UNCL4465", "", "price"),
        ("05", "X12 426", "", "quality_or_service"),
        ("5", None, "", "other"),
        ("5", None, "Rabatt", "discount"),
        ("OTH", "OPStatusReason", "", "other"),
        ("PPD", "OPStatusReason", "", None),
        ("NON", None, "schade aan 2 dozen", "damaged"),
        (None, None, "", None),
        (None, None, "Factuur 2026-001", None),
        (None, None, "Retourzending 3 stuks, korting volgt", "returned_goods"),
        (None, None, "Skonto 2%", "discount"),
        (None, None, "2 cartons manquants", "quantity_short"),
        (None, None, "less 10 pct, GOODS NEVER DELIVERED", "not_delivered"),
        (None, None, "Verrechnung mit unserer Forderung", "counter_claim"),
        (None, None, "reprijs", None),
    ],
)
def test_what_a_payer_gives_as_his_reason(
    code: str | None, of: str | None, text: str, reason: str | None
) -> None:
    assert reason_from_codes(code, of, text) == reason


def test_every_list_and_word_is_about_a_reason_of_ours() -> None:
    assert set(WORDS) <= set(Reason)
    assert {reason for codes in LISTS.values() for reason in codes.values()} == (
        set(Reason) - {Reason.OTHER}
    )


PAYMENT = {"reference": "P-1", "amount": "1089.00", "remittance": "10% korting zoals afgesproken"}


def test_money_that_is_put_on_an_invoice_may_be_short_too(http: HttpClients, anna: Person) -> None:
    set_up_disputes(http, anna, "short_payments: {disputes: always}\n")
    anna.record("/invoices", INVOICE)
    anna.record("/debtors/D-7/money", {"reference": "P-1", "amount": "1089.00", "currency": "EUR"})
    put = {"reference": "P-1", "invoice": "F-1", "amount": "1089.00"}
    made = anna.record("/debtors/D-7/allocations", put)
    assert "dispute-opened.v1" in [one["topic"] for one in made["entries"]]


def test_a_short_payment_runs_a_dispute_by_the_playbook(http: HttpClients, anna: Person) -> None:
    set_up_disputes(http, anna, "short_payments: {disputes: with a reason, tolerance: '1'}\n")
    anna.record("/invoices", INVOICE)
    made = anna.record("/invoices/F-1/payments", PAYMENT)
    assert [one["topic"].partition(".v")[0] for one in made["entries"][:3]] == [
        "payment-received",
        "dispute-opened",
        "resolver-assigned",
    ]
    case = made["entries"][1]["data"]["case_id"]
    assert message_names(http)[:2] == [f"receipt/{case}", f"request/{case}/1"]
    assert requested_messages(http)[1].facts["disputed"] == "121.00 EUR"
    assert anna.record("/invoices/F-1/payments", PAYMENT)["entries"] == []
    gone = {"reference": "P-1", "why": "Chargeback."}
    made = anna.record("/invoices/F-1/payments/reversals", gone)
    assert [one["topic"].partition(".v")[0] for one in made["entries"]] == [
        "payment-reversed",
        "dispute-voided",
        "follow-up-resumed",
    ]
    again = anna.record("/invoices/F-1/payments", PAYMENT)
    assert again["entries"][1]["data"]["case_id"] != case, "it came again, and is short again"


def test_the_receipt_of_a_short_payment_quotes_the_debtor_alone_and_ends_with_it(
    http: HttpClients, anna: Person
) -> None:
    """F15: what we wrote about it ourselves is no quotation, and a reversal strikes it out."""
    set_up_disputes(http, anna, "short_payments: {disputes: always}\n")
    anna.record("/invoices", INVOICE)
    coded = {"reference": "P-1", "amount": "1089.00", "reason_code": "DEL"}
    made = anna.record("/invoices/F-1/payments", coded)
    case = made["entries"][1]["data"]["case_id"]
    with closing(Ledger(http.pool)) as ledger:
        session = TenantSession(http.pool, ledger, http.clock)
        receipt = find(session, f"receipt/{case}")
        assert "comment" not in receipt.asked.facts
        assert reason_to_withdraw(session, receipt) == ""
        gone = {"reference": "P-1", "why": "Chargeback."}
        anna.record("/invoices/F-1/payments/reversals", gone)
        over = reason_to_withdraw(session, find(session, f"receipt/{case}"))
    assert over == "The dispute is not open any more."
    worded = anna.record("/invoices/F-1/payments", coded | {"remittance": "2 pieces missing"})
    case = worded["entries"][1]["data"]["case_id"]
    [quoted] = [one for one in requested_messages(http) if one.message == f"receipt/{case}"]
    assert quoted.facts["comment"] == "2 pieces missing"
