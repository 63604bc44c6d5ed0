"""The clock runs: what is asked of whom, by which way, and never twice."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import pytest
from msgspec.structs import replace as but

from api.clock.case_pauses import outdated
from api.clock.follow_up import debtors_due
from api.clock.tick import (
    TickReport,
    decide_pauses,
    run_all_tenants,
    run_candidates,
    run_if_leader,
    try_lead,
)
from commands.debtors.holds import HoldDebtor
from commands.debtors.registration import CorrectDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.follow_up.holds import HoldFollowUp
from commands.follow_up.promises import MakePromise
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.payments import ReceivePayment, WriteOff
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Conn, Pool
from ledger.facts.books import Book
from ledger.facts.codes import Channel, Outcome, Purpose, Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import DisputePauseChanged
from ledger.facts.playbook_rules import DisputePolicy, Ladder, Step
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.store.errors import Stale
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.clock_case import RULES, ClockCase, at
from support.examples import CASE, OTHER_CASE, money
from support.given import day

FOLLOW_UP = "follow-up/D-7/2026-10-05"  # a Monday; Saturday the 3rd was its day


def followed_up(clock_case: ClockCase) -> list[Entry]:
    """Run the last part of the clock, with the read models as they are."""
    session, now = clock_case.session, clock_case.now
    candidates = debtors_due(session, session.ledger.today(now), set())
    return [*run_candidates(session, now, candidates)]


def test_a_reminder_goes_once_however_often_the_clock_strikes(owing: ClockCase) -> None:
    """Demand 3: cron ran every 15 minutes, and 22 mails went out."""
    reports = [owing.tick(f"2026-10-05T08:{minute:02}+00:00") for minute in range(0, 60, 15)]
    assert reports == [TickReport(messages=1, steps=1)] + [TickReport()] * 3
    [asked] = owing.messages()
    assert (asked.message, asked.to, asked.language) == (FOLLOW_UP, ("d-7@debtor.example",), "nl")
    assert (asked.purpose, asked.channel) == (Purpose.REMINDER, Channel.EMAIL)
    assert (asked.template, asked.step, asked.playbook) == ("reminder", "first", 1)
    [taken] = owing.state().steps
    assert (taken.step, taken.times, taken.message) == ("first", 1, FOLLOW_UP)
    by = {entry.by for entry in owing.entries() if entry.correlation == FOLLOW_UP}
    assert by == {"clock"}


def test_nothing_on_days_that_are_not_worked(owing: ClockCase) -> None:
    assert owing.tick("2026-10-03") == TickReport()
    assert owing.tick("2026-10-04") == TickReport()
    assert owing.tick("2026-10-05").steps == 1


def test_the_copy_goes_before_the_due_date_and_chases_nobody(owing: ClockCase) -> None:
    assert owing.tick("2026-09-24") == TickReport()
    assert owing.tick("2026-09-25").messages == 1
    [asked] = owing.messages()
    assert (asked.purpose, asked.template) == (Purpose.INVOICE_COPY, "invoice-copy")


def test_one_message_a_debtor_a_day_with_all_that_have_the_same_template(owing: ClockCase) -> None:
    """Demands 9 and 15: the others are not forgotten, they go the next working day."""
    owing.invoice("A-2")
    owing.invoice("A-3", due_on="2026-10-08")  # its copy is due, too
    owing.invoice("A-4", due_on="2026-10-02", amount="50")
    assert owing.tick("2026-10-05") == TickReport(messages=1, steps=3)
    assert [one.invoice for one in owing.messages()[0].about] == ["A-1", "A-2", "A-4"]
    assert owing.tick("2026-10-06") == TickReport(messages=1, steps=1)
    assert [one.invoice for one in owing.messages()[1].about] == ["A-3"]


def test_the_furthest_step_goes_first(owing: ClockCase) -> None:
    for on in ("2026-10-05", "2026-10-15"):
        owing.tick(on)
    owing.invoice("A-2", due_on="2026-10-20", on="2026-10-16")
    assert owing.tick("2026-10-26") == TickReport(messages=1, steps=1)
    assert (owing.messages()[-1].step, owing.messages()[-1].template) == ("final", "final-notice")
    assert owing.tick("2026-10-27").steps == 1
    assert owing.messages()[-1].step == "first"


def test_what_is_asked_for_is_frozen_as_it_stands(owing: ClockCase) -> None:
    """Demand 20: the reminder printed the full amount after a part payment."""
    owing.execute(ReceivePayment(invoice="A-1", reference="P", amount=money(40)), on="2026-10-01")
    owing.tick("2026-10-05")
    owing.execute(ReceivePayment(invoice="A-1", reference="Q", amount=money(10)))
    [about] = owing.messages()[0].about
    assert (about.amount, about.open_amount, about.currency) == (money(100), money(60), "EUR")


def test_only_what_is_not_disputed_is_asked_for_when_the_rest_goes_on(owing: ClockCase) -> None:
    dispute = OpenDispute(
        invoice="A-1", reason=Reason.DISCOUNT, comment="2 %.", contested=money(30)
    )
    owing.execute(dispute, on="2026-10-01")
    owing.tick("2026-10-05")
    assert owing.messages()[0].about[0].open_amount == money(70)


def test_open_disputes_pause_as_the_playbook_in_force_decides(pool: Pool, ledger: Ledger) -> None:
    """An entry each, once: opened before a playbook, then under two that decide otherwise."""
    clock_case = ClockCase(pool, ledger, rules=None)
    clock_case.debtor()
    clock_case.invoice()
    clock_case.invoice("A-2")
    dispute = {"reason": Reason.PRICE, "comment": "Too dear.", "contested": money(30)}
    clock_case.execute(OpenDispute(invoice="A-1", case_id=CASE, **dispute), on="2026-09-02")
    over = {"invoice": "A-2", "case_id": OTHER_CASE}
    clock_case.execute(
        OpenDispute(**over, **dispute), ResolveDispute(**over, outcome=Outcome.REJECTED)
    )
    assert not clock_case.state().disputes[CASE].rests_whole
    assert clock_case.tick("2026-10-01") == TickReport()

    policies = DisputePolicy(rests="invoice"), DisputePolicy(rests="disputed amount")
    for version, policy in enumerate(policies, 1):
        rules = but(RULES, disputes=policy)
        outdated_before = [row.invoice for row in outdated(clock_case.session, rules)]
        assert outdated_before == ["A-1"]  # what a simulation of these rules counts
        clock_case.execute(ApplyPlaybook(rules=rules))
        assert decide_pauses(clock_case.session) == 1
        decided = clock_case.ledger.history(clock_case.id_of("A-1"))[-1].event
        assert decided == DisputePauseChanged(
            on=day("2026-10-01"), case_id=CASE, rests_whole=policy.rests_whole, playbook=version
        )
        clock_case.worker.catch_up()
        assert decide_pauses(clock_case.session) == 0
        assert [*outdated(clock_case.session, rules)] == []

    clock_case.tick("2026-10-05")
    [about, other] = clock_case.messages()[0].about
    assert (about.open_amount, other.open_amount) == (money(70), money(100))


def test_nothing_for_what_rests_is_paid_cancelled_or_written_off(owing: ClockCase) -> None:
    """Demands 12, 16 and 25. The read models saw nothing of it yet: the books decide."""
    numbers = [f"A-{n}" for n in range(1, 8)]
    for number in numbers[1:]:
        owing.invoice(number)
    owing.now = at("2026-10-05")
    owing.worker.catch_up()
    owing.execute(
        ReceivePayment(invoice="A-1", reference="P", amount=money(100)),
        CancelInvoice(invoice="A-2", why="Twice."),
        WriteOff(invoice="A-3", why="Bankrupt."),
        OpenDispute(invoice="A-4", reason=Reason.PRICE, comment="10 % less."),
        HoldFollowUp(invoice="A-5", reason="Talks."),
        MakePromise(invoice="A-6", promised_for="2026-10-20"),
        CorrectInvoice(invoice="A-7", why="Not his.", debtor="D-8"),
    )
    assert followed_up(owing) == []
    owing.now = at("2026-10-06")
    assert followed_up(owing) == []
    assert owing.messages() == []


def test_a_debtor_who_is_held_is_left_alone(owing: ClockCase) -> None:
    owing.execute(HoldDebtor(debtor="D-7", reason="Talks.", until="2026-10-08"))
    assert owing.tick("2026-10-07") == TickReport()
    assert owing.tick("2026-10-08").steps == 1


def test_a_broken_promise_goes_on_by_itself_the_same_day(owing: ClockCase) -> None:
    promise = MakePromise(invoice="A-1", promised_for="2026-10-06", grace_days=1)
    owing.execute(promise, on="2026-10-01")
    assert owing.tick("2026-10-07") == TickReport()
    assert owing.tick("2026-10-08") == TickReport(promises=1, messages=1, steps=1)


def test_an_email_address_that_is_none_is_passed_over(owing: ClockCase) -> None:
    owing.debtor("D-8", email="info at bakery", address="Kade 1, 2611 AB Delft")
    owing.debtor("D-9", email="info@bakery")
    for debtor in ("D-8", "D-9"):
        owing.invoice(debtor, debtor)
    assert owing.tick("2026-10-05").steps == 2
    assert [(one.debtor, one.channel) for one in owing.messages()] == [
        ("D-7", Channel.EMAIL),
        ("D-8", Channel.LETTER),
    ]
    assert owing.why("D-9").stops[0].why == "the debtor has no usable e-mail or postal address"
    [ask] = debtor_tasks(owing.owes("D-9"))
    assert ask.why == [
        "no e-mail address and no postal address can be used: nothing can be sent",
        "'info@bakery' is no e-mail address: no mail is sent to it",
    ]


def test_the_first_channel_that_can_be_used(owing: ClockCase) -> None:
    owing.debtor("D-8", email="", address="Kade 1, Delft", language="de-AT")
    owing.invoice("A-2", "D-8")
    owing.tick("2026-10-05")
    letter = owing.messages()[1]
    assert (letter.channel, letter.to) == (Channel.LETTER, ("Kade 1, Delft",))
    assert letter.language == "de-AT"


def test_who_cannot_be_reached_is_told_and_asked_when_he_can(owing: ClockCase) -> None:
    owing.debtor("D-8", email="")
    owing.invoice("A-2", "D-8")
    owing.invoice("A-3", "nobody")
    reports = owing.tick("2026-10-05")
    assert reports == TickReport(messages=1, steps=1, unreachable=("D-8", "nobody"))
    owing.execute(CorrectDebtor(debtor="D-8", why="They called.", email="d8@debtor.example"))
    assert owing.tick("2026-10-05T15:00+00:00").messages == 1
    assert owing.messages()[1].to == ("d8@debtor.example",)


def test_nobody_is_written_to_before_a_playbook_was_applied(pool: Pool, ledger: Ledger) -> None:
    """Who takes in his open items must not find that all his debtors were written to."""
    clock_case = ClockCase(pool, ledger, rules=None)
    clock_case.debtor()
    clock_case.invoice()
    clock_case.execute(MakePromise(invoice="A-1", promised_for="2026-09-02", grace_days=0))
    assert clock_case.tick("2026-10-05") == TickReport(promises=1)
    clock_case.execute(ApplyPlaybook(rules=RULES))
    assert clock_case.tick("2026-10-05").messages == 1


def test_when_a_book_moves_meanwhile_all_is_looked_at_anew(
    owing: ClockCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Demand 5: a payment, another address and other rules come between the look and the append."""
    owing.invoice("A-2")
    owing.now = at("2026-10-05")
    later = but(RULES, ladders={"business": Ladder(steps=(Step(step="only", after_due=1),))})
    meanwhile = [
        ReceivePayment(invoice="A-1", reference="P", amount=money(40)),
        CorrectDebtor(debtor="D-7", why="Moved.", email="new@debtor.example"),
        ApplyPlaybook(rules=later),
    ]
    write, stale = owing.ledger.write, list[bool]()

    def slow(entries: Sequence[Entry], unchanged: Sequence[Book[Any]], *more: Any) -> list[Entry]:
        if unchanged and meanwhile:
            owing.execute(meanwhile.pop())
        try:
            return write(entries, unchanged, *more)
        except Stale:
            stale.append(True)
            raise

    monkeypatch.setattr(owing.ledger, "write", slow)
    assert owing.tick().steps == 2
    assert len(stale) == 3
    [asked] = owing.messages()
    assert (asked.to, asked.step, asked.playbook) == (("new@debtor.example",), "only", 2)
    assert [one.open_amount for one in asked.about] == [money(60), money(100)]


def test_every_invoice_of_many_pages_is_found(
    owing: ClockCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.clock.candidate.PAGE", 3)
    for n in range(2, 12):
        owing.debtor(f"D-{n % 3}")
        owing.invoice(f"A-{n}", f"D-{n % 3}")
    assert owing.tick("2026-10-05") == TickReport(messages=4, steps=11)


def test_a_book_that_cannot_be_read_holds_up_its_debtor_only(
    owing: ClockCase, database: str
) -> None:
    owing.debtor("D-8")
    owing.invoice("A-2", "D-8")
    owing.now = at("2026-10-05")
    owing.worker.catch_up()
    odd = "update entry set topic = 'invoice-registered.v9' where book_id = %s"
    with Conn.connect(database, options="-c search_path=ledger", autocommit=True) as owner:
        owner.execute(odd.encode(), [owing.id_of("A-1")])
    assert {entry.correlation for entry in followed_up(owing)} == {"follow-up/D-8/2026-10-05"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-10-04T21:59+00:00", "2026-10-04T22:00+00:00"),  # summer: midnight is 22:00 UTC
        ("2026-10-04T23:59+02:00", "2026-10-05T00:00+02:00"),
    ],
)
def test_the_day_begins_in_the_creditors_time_zone(
    owing: ClockCase, before: str, after: str
) -> None:
    """Demand 24: wrong day by time zone. The 4th is a Sunday, the 5th is worked."""
    assert owing.tick(before) == TickReport()
    assert owing.tick(after).messages == 1
    assert owing.messages()[0].message == FOLLOW_UP


def test_the_day_of_25_hours_is_one_day_and_winter_begins_an_hour_later(owing: ClockCase) -> None:
    """Clocks go back on Sunday 25 October 2026; 02:30 comes twice."""
    owing.invoice("A-2", "D-9", due_on="2026-10-22")
    owing.debtor("D-9")
    for on in ("2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00", "2026-10-25T22:59+00:00"):
        assert owing.tick(on) == TickReport()
    assert owing.tick("2026-10-25T23:00+00:00").messages == 2
    assert owing.tick("2026-10-26T22:59+00:00").messages == 0
    assert {one.on.isoformat() for one in owing.messages()} == {"2026-10-26"}


def test_the_day_of_23_hours_is_one_day_too(clock_case: ClockCase) -> None:
    """Clocks go forward on Sunday 29 March 2026: Monday begins at 22:00 UTC."""
    clock_case.debtor()
    clock_case.invoice(on="2026-03-01", due_on="2026-03-26")
    for on in ("2026-03-28T23:30+00:00", "2026-03-29T01:30+00:00", "2026-03-29T21:59+00:00"):
        assert clock_case.tick(on) == TickReport()
    assert clock_case.tick("2026-03-29T22:00+00:00").messages == 1


def test_one_clock_leads_at_a_time_and_each_tenant_has_its_own(
    owing: ClockCase, pool: Pool
) -> None:
    owing.now = at("2026-10-05")
    owing.worker.catch_up()
    with ExitStack() as stack:
        assert stack.enter_context(try_lead(pool, "default"))
        assert not stack.enter_context(try_lead(pool, "default"))
        assert stack.enter_context(try_lead(pool, "other"))
        assert run_if_leader(owing.session) is None
    assert run_if_leader(owing.session) == TickReport(messages=1, steps=1)


def test_the_worker_strikes_for_every_tenant(owing: ClockCase, pool: Pool) -> None:
    owing.now = at("2026-10-05")
    owing.worker.catch_up()
    run_all_tenants(pool, owing.session.clock)
    assert [one.message for one in owing.messages()] == [FOLLOW_UP]


def test_by_hand_on_the_command_line(owing: ClockCase, database: str) -> None:
    cli = CliUser(database)
    owing.worker.release_lease()
    told = cli("clock", "--at", "2026-10-05T09:00+02:00").ok().out
    assert "2026-10-05: Messages to debtors: 1, with steps: 1." in told
    again = cli("clock", "--at", "2026-10-05T09:00", "--json").ok().json
    assert (again["messages"], again["steps"]) == (0, 0)
    sunday = cli("clock", "--at", "2026-10-04T09:00").ok().err
    assert "2026-10-04 is not a working day" in sunday
    cli("clock", "--at", "tomorrow").refused("--at", "'tomorrow'", code=2)
