"""A dispute that nobody closed and of which nothing is left: nobody is chased for it."""

from typing import Any

import pytest
from msgspec.structs import replace

from commands.payments.payments import WriteOff
from ledger.database.pool import Pool
from ledger.facts.codes import Channel, Part, Purpose, TaskKind
from ledger.facts.invoice.dispute_handling import CreditRequested
from ledger.facts.invoice.dispute_opening import DisputedAmountRestored
from ledger.facts.invoice.payments import (
    ClosedPerErp,
    CreditNoteIssued,
    PaymentReversed,
    WrittenOff,
)
from ledger.facts.outbound import MessageAsked
from ledger.policy.disputes.case_part import has_amount_in_dispute
from ledger.policy.disputes.deadlines import answer_overdue, decision_overdue, escalation_reason
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.tasks.invoice import tasks_for
from ledger.store.ledger import Ledger
from support.clock_case import RULES, ClockCase, at, open_dispute
from support.examples import (
    CASE,
    NOW,
    OTHER_CASE,
    SAM,
    assigned,
    handed_off,
    known,
    money,
    opened,
    paid,
    reduced,
    registered,
)
from support.given import day, given

LATER = day("2026-06-01")
requested = CreditRequested(
    on=NOW, case_id=CASE, amount=money(20), approver="pat@workshop", decide_by=day("2026-03-09")
)
written_off = WrittenOff(on=day("2026-03-03"), amount=money(100), why="Bankrupt.")
closed = ClosedPerErp(on=day("2026-03-03"), amount=money(100), source="list.csv:2")
noted = CreditNoteIssued(on=NOW, number="C1", amount=money(40), case_id=CASE)
two = (opened(contested=80), opened(contested=80, case_id=OTHER_CASE))
GONE: dict[str, tuple[Any, ...]] = {
    "written off": (opened(), written_off, reduced(100, Part.WRITTEN_OFF)),
    "paid": (opened(), paid(100, on="2026-03-03"), reduced(100)),
    "closed per ERP": (opened(), closed, reduced(100)),
    "its part credited": (opened(contested=40), noted, reduced(40, Part.CREDITED)),
    "paid, and disputed twice": (
        *reversed(two),
        paid(100, on="2026-03-03"),
        reduced(80, case=OTHER_CASE),
        reduced(20),
    ),
}
LEFT: dict[str, tuple[Any, ...]] = {
    "all of it": (opened(),),
    "handed off": (opened(), handed_off),
    "paid in part": (opened(contested=40), paid(60)),
    "paid back": (
        *GONE["paid"],
        PaymentReversed(on=LATER, reference="P1", amount=money(100), why="Bounced."),
        DisputedAmountRestored(on=LATER, case_id=CASE, part=Part.PAID, amount=money(100)),
    ),
    "raised when it was paid": (paid(100, on="2026-03-01"), opened(contested=30)),
}


def waits(*since: Any) -> tuple[bool, bool, bool]:
    """Whether resolver, somebody higher and approver are chased."""
    invoice = given(registered, *since, assigned, requested).becomes()
    one = invoice.disputes[CASE]
    return (
        answer_overdue(invoice, one, LATER),
        bool(escalation_reason(invoice, one, RULES, LATER)),
        decision_overdue(invoice, one, LATER),
    )


def withdrawn(purpose: Purpose, *since: Any) -> str:
    """Why what was asked for before is not sent."""
    to = "pat@workshop" if purpose is Purpose.APPROVAL_REQUEST else SAM
    asked = MessageAsked(
        on=NOW,
        message="m",
        purpose=purpose,
        channel=Channel.EMAIL,
        to=(to,),
        template="request",
        language="en",
        about=(),
        case_id=CASE,
    )
    books = [given(registered, *since, assigned, requested).becomes()]
    return withdrawal_reason(asked, given(known).becomes(), books, RULES, NOW)


CHASING = (
    Purpose.REQUEST,
    Purpose.RESOLVER_REMINDER,
    Purpose.ESCALATION,
    Purpose.APPROVAL_REQUEST,
)


@pytest.mark.parametrize("since", GONE.values(), ids=GONE)
def test_where_nothing_is_left_nobody_is_chased_and_the_agenda_asks_to_close(since: Any) -> None:
    assert waits(*since) == (False, False, False)
    assert {withdrawn(one, *since) for one in CHASING} == {"Nothing is left to dispute."}
    about = [
        task
        for task in tasks_for(given(registered, *since, assigned, requested).becomes())
        if task.dispute and task.dispute.case_id == CASE
    ]
    assert [(task.action, task.amount) for task in about] == [(TaskKind.DECIDE_DISPUTE, money(0))]
    assert about[0].priority == 30
    assert "nothing is left to dispute: resolve-dispute closes it" in about[0].why


@pytest.mark.parametrize("since", LEFT.values(), ids=LEFT)
def test_where_something_is_left_all_goes_on(since: Any) -> None:
    assert waits(*since) == (True, True, True)
    assert {withdrawn(one, *since) for one in CHASING} == {""}
    invoice = given(registered, *since, assigned).becomes()
    assert "chase resolver" in [task.action for task in tasks_for(invoice)]


def test_another_case_of_the_invoice_is_chased_on() -> None:
    first, second = replace(two[0], contested=money(40), disputed=money(40)), two[1]
    met = (noted, reduced(40, Part.CREDITED))
    invoice = given(registered, first, second, *met, assigned).becomes()
    assert [one.case_id for one in invoice.open_disputes] == [CASE, OTHER_CASE]
    assert [has_amount_in_dispute(invoice, one) for one in invoice.open_disputes] == [False, True]


def test_the_clock_leaves_it_alone_and_why_says_so(pool: Pool, ledger: Ledger) -> None:
    clock_case = ClockCase(pool, ledger)
    clock_case.debtor()
    clock_case.invoice()
    clock_case.now = at("2026-09-28")
    open_dispute(clock_case, "A-1")
    clock_case.execute(WriteOff(invoice="A-1", why="Bankrupt."), on="2026-10-01")
    assert (clock_case.tick("2026-10-05").reminders, clock_case.tick("2026-11-30").escalations) == (
        0,
        0,
    )
    [close] = clock_case.why().next
    assert (close.what, close.on, close.by_clock) == ("decide dispute", day("2026-10-01"), False)
    assert "written off" in " ".join(cause.what for cause in close.causes).lower()
