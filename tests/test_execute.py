"""The one pipeline: what an attempt does in which order, and when there is another."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace as but

from commands.command import Command
from commands.conditions import KeyReused, Moved
from commands.context import Context, Once, Overrides, Reactions
from commands.debtors.money import AllocateMoney, ReceiveMoney
from commands.debtors.registration import RegisterDebtor
from commands.disputes.approvals import ApproveCredit, RequestCredit
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.execute import UnitOfWork, execute, preview
from commands.follow_up.holds import HoldFollowUp, ReleaseHold
from commands.follow_up.promises import MakePromise
from commands.invoices.contacts import AddNote
from commands.invoices.registration import CancelInvoice, CorrectInvoice, RegisterInvoice
from commands.payments.payments import ReceivePayment
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool
from ledger.facts.books import DEBTOR, INVOICE, PLAYBOOK, replay
from ledger.facts.codes import Reason
from ledger.facts.debtor import CreditCheck
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import CreditPassedOn
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Approver
from ledger.policy.anomalies import Flag
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.visibility import Scope
from ledger.store.ledger import Ledger
from support.disputing import EVA, SAM, rules
from support.given import TODAY, day, moment

BY = Context("anna", moment(TODAY))
CASE = UUID(int=1)
REGISTER = RegisterInvoice(
    invoice="1", debtor="D", amount=Decimal(100), due_on=day("2026-04-01"), business_unit="north"
)
DISPUTE = OpenDispute(invoice="1", case_id=CASE, reason=Reason.PRICE, comment="too much")
CANCEL = CancelInvoice(invoice="1", why="never ordered")
PAY = ReceivePayment(invoice="1", amount=Decimal(40), reference="p")
APPLY = ApplyPlaybook(rules=rules())
PARTLY = "\nshort_payments: {disputes: always}"


class Counted(Ledger):
    """Counts the times that it asks the database for a book."""

    reads = 0

    def history(self, *args: Any, **kwargs: Any) -> list[Entry]:
        self.reads += 1
        return super().history(*args, **kwargs)


@pytest.fixture
def ours(pool: Pool) -> Iterator[Counted]:
    ledger = Counted(pool)
    yield ledger
    ledger.close()


def topics(entries: Sequence[Entry]) -> list[str]:
    return [entry.event.topic.partition(".")[0] for entry in entries]


def does(ledger: Ledger, *commands: Command, **more: Any) -> list[str]:
    return topics(execute(ledger, commands, but(BY, **more)).entries)


def meanwhile(plan: Sequence[Command], happens: Callable[[], Any]) -> Callable[[Any], Any]:
    """A plan during whose first attempt, once all was read, something else happens."""
    left = [happens]

    def run(work: UnitOfWork) -> Sequence[Command]:
        for command in plan:
            work.state(command.kind, command.number)
        work.state(PLAYBOOK, NUMBER)
        while left:
            left.pop()()
        return plan

    return run


def test_all_of_the_commands_or_none(ledger: Ledger) -> None:
    receipt = execute(ledger, [REGISTER, PAY, DISPUTE], BY)
    assert topics(receipt.entries) == ["invoice-registered", "payment-received", "dispute-opened"]
    assert [entry.position for entry in receipt.entries] == [1, 2, 3]
    assert receipt.position == ledger.head() == 3
    with pytest.raises(Refused, match="is cancelled"):
        does(ledger, CANCEL, OpenDispute(invoice="1", reason=Reason.PRICE, comment="more"))
    with pytest.raises(NotFound):
        does(ledger, AddNote(invoice="1", text="x"), AddNote(invoice="2", text="x"))
    assert ledger.head() == 3


def test_nothing_to_write_is_no_entry(ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    receipt = execute(ledger, [REGISTER], BY)
    assert (receipt.position, receipt.entries, ledger.head()) == (0, (), 1)


def test_a_plan_sees_the_books_that_its_commands_are_decided_on(ledger: Ledger) -> None:
    def plan(work: UnitOfWork) -> Iterator[Command]:
        if not work.state(INVOICE, "1").known:
            yield REGISTER
        work.decide([RegisterDebtor(debtor="D", name="Jansen")])
        assert work.state(DEBTOR, "D").name == "Jansen"
        yield DISPUTE

    written = execute(ledger, plan, BY).entries
    assert topics(written) == ["debtor-registered", "invoice-registered", "dispute-opened"]
    assert topics(execute(ledger, plan, BY).entries) == []


def test_who_was_second_decides_again(ledger: Ledger, other_ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    plan = meanwhile([DISPUTE], lambda: execute(other_ledger, [PAY], BY))
    [entry] = execute(ledger, plan, BY).entries
    assert (entry.line, entry.event.disputed) == (3, 60)


def test_who_was_second_may_be_refused(ledger: Ledger, other_ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    plan = meanwhile([DISPUTE], lambda: execute(other_ledger, [CANCEL], BY))
    with pytest.raises(Refused, match="is cancelled"):
        execute(ledger, plan, BY)


def test_the_same_cause_acts_once_on_a_book(ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    two = [AddNote(invoice="1", text="a"), AddNote(invoice="1", text="b")]
    assert does(ledger, *two, causation="c") == ["note-added", "note-added"]
    assert does(ledger, *two, causation="c") == []
    assert does(ledger, *two, causation="d") == ["note-added", "note-added"]


def test_money_that_is_allocated_pays_the_invoice(ledger: Ledger) -> None:
    money = ReceiveMoney(debtor="D", reference="R", amount=Decimal(100))
    execute(ledger, [REGISTER, RegisterDebtor(debtor="D", name="Jansen"), money], BY)
    put = AllocateMoney(debtor="D", reference="R", invoice="1", amount=Decimal(100))
    assert does(ledger, put) == ["money-allocated", "payment-received"]


# 1: a request that must not be carried out twice


def asked(key: str = "k", fingerprint: str = "f") -> Once:
    def answer(work: UnitOfWork) -> tuple[int, str]:
        return 201, f"{len(work.entries)} entries"

    return Once(key, fingerprint, answer)


def test_a_request_that_is_repeated_is_answered_as_before(ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    context = but(BY, once=asked())
    note = AddNote(invoice="1", text="once")
    first = execute(ledger, [note], context)
    assert (topics(first.entries), first.position, first.replayed) == (["note-added"], 3, None)
    again = execute(ledger, [note], but(context, at=BY.at + timedelta(days=29)))
    assert (again.entries, again.position) == ((), 3)
    assert again.replayed
    assert (again.replayed.status, again.replayed.answer) == (201, "1 entries")
    with pytest.raises(KeyReused):
        execute(ledger, [note], but(context, once=asked(fingerprint="another")))
    later = execute(ledger, [note], but(context, at=BY.at + timedelta(days=30)))
    assert (later.position, later.replayed) == (5, None)


def test_that_nothing_was_to_be_done_is_an_answer_too(ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    first = execute(ledger, [REGISTER], but(BY, once=asked()))
    assert (first.entries, first.position) == ([], 2)
    again = execute(ledger, [CANCEL], but(BY, once=asked()))
    assert again.replayed
    assert again.replayed.answer == "0 entries"


def test_a_refusal_is_no_answer(ledger: Ledger) -> None:
    context = but(BY, once=asked())
    with pytest.raises(NotFound):
        execute(ledger, [DISPUTE], context)
    assert does(ledger, REGISTER) == ["invoice-registered"]
    assert topics(execute(ledger, [DISPUTE], context).entries) == ["dispute-opened"]


def test_of_two_equal_requests_at_once_the_second_gets_the_answer_of_the_first(
    ledger: Ledger, other_ledger: Ledger
) -> None:
    execute(ledger, [REGISTER, RegisterDebtor(debtor="D", name="Jansen")], BY)
    context, note = but(BY, once=asked()), [AddNote(invoice="1", text="once")]
    second = execute(ledger, meanwhile(note, lambda: execute(other_ledger, note, context)), context)
    assert second.replayed
    assert ledger.book(INVOICE, "1").state.line == 2


# 3: what the caller may touch


def test_what_is_not_seen_does_not_exist(ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    north, south = Scope(business_units=("north",)), Scope(business_units=("south",))
    assert does(ledger, AddNote(invoice="1", text="x"), scope=north) == ["note-added"]
    with pytest.raises(NotFound, match="There is no invoice 1"):
        does(ledger, AddNote(invoice="1", text="x"), scope=south)
    moved = CorrectInvoice(invoice="1", why="wrong", business_unit="south")
    with pytest.raises(Refused, match="other business units"):
        does(ledger, moved, scope=north)


# 4 and 6: what the playbook adds


def test_a_promise_gets_the_grace_of_the_playbook(ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    promise = MakePromise(invoice="1", promised_for=day("2026-03-06"))  # a Friday
    [entry] = execute(ledger, [promise], BY).entries
    assert entry.event.grace_days == 5
    promise = MakePromise(invoice="1", promised_for=day("2026-03-13"))
    [entry] = execute(ledger, [promise], but(BY, reactions=Reactions.NONE)).entries
    assert entry.event.grace_days == 3


def test_reactions_are_in_the_same_append(ledger: Ledger) -> None:
    execute(ledger, [APPLY, REGISTER], BY)
    always = but(BY, reactions=Reactions.ALWAYS)
    entries = execute(ledger, [DISPUTE], always).entries
    assert topics(entries)[:2] == ["dispute-opened", "resolver-assigned"]
    assert entries[1].event.resolver == SAM
    assert {e.event.purpose for e in entries if isinstance(e.event, MessageAsked)} == {
        "request",
        "copy",
    }
    more = OpenDispute(invoice="1", reason=Reason.OTHER, comment="broken")
    said = but(always, overrides=Overrides(EVA, "Is it?", day("2026-05-05")))
    [_, assigned, *_] = execute(ledger, [more], said).entries
    assert (assigned.event.resolver, assigned.event.expected) == (EVA, "Is it?")
    assert assigned.event.follow_up_on == day("2026-05-05")


@pytest.mark.parametrize(
    ("applied", "reactions", "written_to"),
    [
        (False, None, False),
        (False, Reactions.IF_APPLIED, False),
        (False, Reactions.ALWAYS, False),
        (True, None, True),
        (True, Reactions.NONE, False),
        (True, Reactions.IF_APPLIED, True),
    ],
)
def test_who_is_written_to(
    ledger: Ledger, applied: bool, reactions: Reactions | None, written_to: bool
) -> None:
    execute(ledger, [*[APPLY] * applied, REGISTER, DISPUTE], BY)
    command = AssignResolver(invoice="1", case_id=CASE, resolver=SAM, follow_up_on="2026-05-05")
    asked = does(ledger, command, reactions=reactions)
    assert asked[0] == "resolver-assigned"
    assert ("message-asked" in asked) is written_to


def test_reactions_are_not_unasked(ledger: Ledger) -> None:
    execute(ledger, [APPLY, REGISTER], BY)
    assert does(ledger, DISPUTE) == ["dispute-opened"]


# 7: what only other books can tell


class Found:
    """Every invoice is a duplicate, and everybody has a limit and debts."""

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> list[str]:
        return [one.number for one in registered]

    def credits(self, debtors: Any) -> dict[str, CreditCheck | None]:
        return dict.fromkeys(debtors, CreditCheck("good", Decimal(150), "EUR", day(TODAY)))

    def open_balances(self, currencies: Any) -> dict[str, Decimal]:
        return {one: Decimal(51) for one in currencies}


def test_an_invoice_is_flagged_by_what_other_books_tell(ledger: Ledger) -> None:
    [entry] = execute(ledger, [REGISTER], but(BY, lookups=Found())).entries
    assert {Flag.LIKELY_DUPLICATE, Flag.OVER_CREDIT_LIMIT} <= set(entry.flags)


# 8: the line that the caller expects


def test_the_book_must_be_where_the_caller_read_it(ledger: Ledger, other_ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    note = AddNote(invoice="1", text="x")
    assert does(ledger, note, expected_line=1) == ["note-added"]
    with pytest.raises(Moved, match="at line 2, not 1") as moved:
        does(ledger, note, expected_line=1)
    assert moved.value.line == 2
    plan = meanwhile([note], lambda: execute(other_ledger, [note], BY))
    with pytest.raises(Moved, match="at line 3, not 2"):
        execute(ledger, plan, but(BY, expected_line=2))


# 10: what the append asserts


def test_another_playbook_meanwhile_is_asked_again(ledger: Ledger, other_ledger: Ledger) -> None:
    """By the time that the approval is written, the limit is lower."""
    mild, strict = (
        ApplyPlaybook(rules=but(rules(), approvers=(Approver("anna", limit), Approver("eva"))))
        for limit in (Decimal(100), Decimal(10))
    )
    execute(ledger, [mild, REGISTER, DISPUTE], BY)
    execute(ledger, [RequestCredit(invoice="1", amount=Decimal(40))], but(BY, by="bo"))
    plan = meanwhile([ApproveCredit(invoice="1")], lambda: execute(other_ledger, [strict], BY))
    entry, *_ = execute(ledger, plan, BY).entries
    assert isinstance(entry.event, CreditPassedOn)


def test_so_it_is_for_what_only_follows_from_a_command(
    ledger: Ledger, other_ledger: Ledger
) -> None:
    """The payment itself rests on no playbook; the dispute over what it is short of does."""
    execute(ledger, [ApplyPlaybook(rules=rules(PARTLY)), REGISTER], BY)
    assert "dispute-opened" in topics(preview(ledger, [PAY], BY))
    plan = meanwhile([PAY], lambda: execute(other_ledger, [APPLY], BY))
    assert topics(execute(ledger, plan, BY).entries) == ["payment-received"]


def test_a_plan_may_rest_on_a_book_that_it_only_reads(ledger: Ledger, other_ledger: Ledger) -> None:
    execute(ledger, [REGISTER, RegisterDebtor(debtor="D", name="Jansen")], BY)
    rename = RegisterDebtor(debtor="D", name="Bakker")
    happens = [lambda: execute(other_ledger, [rename], BY)]

    def plan(work: UnitOfWork) -> list[Command]:
        name = work.state(DEBTOR, "D").name
        work.assert_unchanged(DEBTOR, "D")
        while happens:
            happens.pop()()
        return [AddNote(invoice="1", text=name)]

    [entry] = execute(ledger, plan, BY).entries
    assert entry.event.text == "Bakker"


def test_a_preview_writes_nothing(ledger: Ledger) -> None:
    execute(ledger, [APPLY, REGISTER], BY)
    shown = preview(ledger, [DISPUTE], but(BY, reactions=Reactions.ALWAYS))
    assert topics(shown)[:2] == ["dispute-opened", "resolver-assigned"]
    assert ledger.head() == 2


# a book that was read before is not asked for again


def test_a_remembered_book_is_not_read(ours: Counted) -> None:
    execute(ours, [REGISTER], BY)
    assert does(ours, AddNote(invoice="1", text="a")) == ["note-added"]
    ours.reads = 0
    for n in range(3):
        assert does(ours, AddNote(invoice="1", text=f"b{n}")) == ["note-added"]
    assert does(ours, DISPUTE) == ["dispute-opened"]
    assert ours.reads == 1  # the playbook, which was not read before
    id_ = ours.id_of(INVOICE, "1")
    told = replay(INVOICE, id_, ours.history(id_))
    assert ours.remembered(INVOICE, "1") == ours.book(INVOICE, "1") == told


def test_a_new_request_reads_only_its_own_book(ours: Counted) -> None:
    execute(ours, [REGISTER], BY)
    does(ours, AddNote(invoice="1", text="a"))
    ours.reads = 0
    does(ours, AddNote(invoice="1", text="a"), once=asked(), scope=Scope(("north",)))
    assert ours.reads == 1


def test_what_another_process_wrote_since_is_decided_on(
    ours: Counted, other_ledger: Ledger
) -> None:
    execute(ours, [REGISTER], BY)
    does(ours, AddNote(invoice="1", text="a"))
    does(other_ledger, PAY)
    [entry] = execute(ours, [DISPUTE], BY).entries
    assert (entry.line, entry.event.disputed) == (4, 60)


def test_a_refusal_by_a_remembered_book_is_checked(ours: Counted, other_ledger: Ledger) -> None:
    execute(ours, [REGISTER], BY)
    release = ReleaseHold(invoice="1")
    for _ in range(2):  # the second time on a remembered book
        with pytest.raises(NotFound, match="no such hold"):
            does(ours, release)
    does(other_ledger, HoldFollowUp(invoice="1", reason="asked for it"))
    assert does(ours, release) == ["follow-up-resumed"]


def test_another_line_than_the_remembered_one_is_checked(
    ours: Counted, other_ledger: Ledger
) -> None:
    execute(ours, [REGISTER], BY)
    note = AddNote(invoice="1", text="a")
    does(ours, note)
    does(other_ledger, note)
    assert does(ours, note, expected_line=3) == ["note-added"]
    does(other_ledger, note)
    with pytest.raises(Moved, match="at line 5, not 4"):
        does(ours, note, expected_line=4)


def test_that_there_is_nothing_to_do_is_checked(ours: Counted, other_ledger: Ledger) -> None:
    """By the remembered book the debtor is called so already."""
    execute(ours, [REGISTER, RegisterDebtor(debtor="D", name="Jansen")], BY)
    assert does(ours, RegisterDebtor(debtor="D", name="Jansen")) == []
    does(other_ledger, RegisterDebtor(debtor="D", name="Bakker"))
    assert does(ours, RegisterDebtor(debtor="D", name="Jansen")) == ["debtor-corrected"]


def test_what_is_only_read_is_never_remembered(ours: Counted, other_ledger: Ledger) -> None:
    """The debtor has another address now; the append would not notice."""
    first = RegisterDebtor(debtor="D", name="Jansen", email="old@bakker.example")
    execute(ours, [APPLY, REGISTER, first], BY)
    assert ours.book(DEBTOR, "D").state.email == "old@bakker.example"
    does(other_ledger, RegisterDebtor(debtor="D", name="Jansen", email="new@bakker.example"))
    entries = execute(ours, [DISPUTE], but(BY, reactions=Reactions.ALWAYS)).entries
    asked = [e.event for e in entries if isinstance(e.event, MessageAsked)]
    assert ("new@bakker.example",) in [one.to for one in asked]


@pytest.mark.parametrize("went_on", [False, True])
def test_a_database_that_was_put_back_to_an_earlier_day(
    ours: Counted, other_ledger: Ledger, database: str, went_on: bool
) -> None:
    """Its next line may have the same number, and even the same position."""
    execute(ours, [APPLY, REGISTER], BY)
    does(ours, AddNote(invoice="1", text="a"))
    does(ours, DISPUTE)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("delete from ledger.entry where position > 2")
        owner.execute("update ledger.tenant_head set position = 2")
    if went_on:
        does(other_ledger, PAY)
        does(other_ledger, PAY.model_copy(update={"reference": "q"}))
    later = OpenDispute(invoice="1", reason=Reason.OTHER, comment="broken")
    [entry] = execute(ours, [later], BY).entries
    assert entry.event.disputed == (20 if went_on else 100)
    assert ours.book(INVOICE, "1").state.line == entry.line == (4 if went_on else 2)
    assert len(ours.book(INVOICE, "1").state.disputes) == 1


def test_a_playbook_that_was_put_back(ours: Counted, database: str) -> None:
    execute(ours, [REGISTER, DISPUTE], BY)
    strict = but(rules(), approvers=(Approver("eva"),))
    mild = but(rules(), approvers=(Approver("anna"),))
    for applied in (strict, mild):
        execute(ours, [ApplyPlaybook(rules=applied)], BY)
        assert ours.book(PLAYBOOK, NUMBER).state.rules == applied
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("delete from ledger.entry where position = 4")
        owner.execute("update ledger.tenant_head set position = 3")
    [entry, *_] = execute(ours, [RequestCredit(invoice="1", amount=Decimal(40))], BY).entries
    assert entry.event.approver == "eva"
