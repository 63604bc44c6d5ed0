"""Random lives of a few invoices and debtors: of random commands, what the rules accept."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from commands import handoffs
from commands.command import Command, DecisionContext, decide
from commands.context import Context
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.money import AllocateMoney, ReceiveMoney
from commands.disputes import resolutions
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import (
    AssignResolver,
    EscalateDispute,
    RecordAnswer,
    RemindResolver,
)
from commands.follow_up import tasks
from commands.follow_up.holds import HoldFollowUp, ReleaseHold, ScheduleFollowUp
from commands.follow_up.promises import BreakPromise, JudgePromise, MakePromise
from commands.invoices.contacts import LogContact, RecordReminder
from commands.invoices.delivery import RecordSending
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.charges import ChargeLateFee
from commands.payments.payments import IssueCreditNote, ReceivePayment, ReversePayment, WriteOff
from ledger.facts.books import book_id
from ledger.facts.codes import Answer, Channel, Direction, Outcome, PercentOf, Reason
from ledger.facts.entry import Entry
from ledger.facts.playbook_rules import Rules
from ledger.policy.refusal import NotFound, Refused
from support.creditor import debtor, invoice
from support.histories import AT

States = dict[UUID, Any]
DatedCommand = tuple[date, Command]

days = st.dates(date(2026, 2, 1), date(2026, 5, 31))
amounts = st.integers(1, 150)
parts = st.none() | amounts
CASES, HOLD = [UUID(int=n) for n in (21, 22)], UUID(int=23)
ids = st.sampled_from(CASES)
references = st.sampled_from(["P1", "P2", "P3"])
people = st.sampled_from(["sam", "eva"])
whys = st.just("Because.")
items = st.just("debtor") | st.sampled_from([*map(str, CASES), f"hold {HOLD}"])


def of_invoice(kind: type[Command], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, invoice=st.sampled_from(["F1", "F2", "F3"]), **fields)


def of_debtor(kind: type[Command], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, debtor=st.sampled_from(["D-7", "D-8"]), **fields)


commands: st.SearchStrategy[Command] = st.one_of(
    of_invoice(CorrectInvoice, why=whys, amount=parts, due_on=st.none() | days),
    of_invoice(CancelInvoice, why=whys),
    of_invoice(RecordSending, charge=parts),
    of_invoice(RecordReminder, channel=st.just(Channel.EMAIL), anyway=st.booleans()),
    of_invoice(
        LogContact,
        channel=st.just(Channel.PHONE),
        direction=st.sampled_from(Direction),
        summary=whys,
    ),
    *[
        of_invoice(
            OpenDispute,
            reason=st.sampled_from(Reason),
            comment=whys,
            case_id=ids,
            contested=parts,
        ),
        of_invoice(
            OpenDispute,
            reason=st.sampled_from(Reason),
            comment=whys,
            case_id=ids,
            percent=st.sampled_from([3, 50, 100]),
            percent_of=st.none() | st.sampled_from(PercentOf),
        ),
    ]
    * 3,
    of_invoice(AssignResolver, resolver=people, case_id=ids, unopened=st.booleans()),
    of_invoice(RecordAnswer, answer=st.sampled_from(Answer), case_id=ids),
    of_invoice(RemindResolver, case_id=ids),
    of_invoice(EscalateDispute, to=people, why=whys, case_id=ids),
    of_invoice(
        resolutions.ResolveDispute,
        outcome=st.sampled_from(Outcome),
        case_id=ids,
        unopened=st.booleans(),
    ),
    of_invoice(resolutions.ReopenDispute, why=whys, case_id=ids),
    of_invoice(resolutions.VoidDispute, why=whys, case_id=ids),
    of_invoice(
        HoldFollowUp,
        reason=whys,
        until=st.none() | days,
        amount=parts,
        hold_id=st.uuids() | st.just(HOLD),
    ),
    of_invoice(ReleaseHold),
    of_invoice(ScheduleFollowUp, next_step_on=days, step=whys),
    *[
        of_invoice(tasks.CompleteTask, item=items),
        of_invoice(tasks.PostponeTask, item=items, until=days, why=whys),
    ]
    * 2,
    of_debtor(tasks.PostponeDebtorTask, item=references, until=days, why=whys),
    of_invoice(ReceivePayment, reference=references, amount=amounts),
    of_invoice(ReversePayment, reference=references, why=whys),
    of_invoice(IssueCreditNote, credit_note=references, amount=amounts),
    of_invoice(WriteOff, why=whys, amount=parts),
    of_invoice(ChargeLateFee, amount=amounts),
    of_invoice(MakePromise, promised_for=days, amount=parts),
    of_invoice(JudgePromise),
    of_invoice(BreakPromise),
    of_invoice(handoffs.HandOff, agency=people),
    of_invoice(handoffs.RecallHandOff, why=whys),
    of_debtor(HoldDebtor, reason=whys, until=st.none() | days),
    of_debtor(ReleaseDebtor, why=whys),
    of_debtor(ReceiveMoney, reference=references, amount=amounts),
    of_debtor(
        AllocateMoney,
        reference=references,
        invoice=st.just("F1"),
        amount=amounts,
    ),
)
random_commands: st.SearchStrategy[list[DatedCommand]] = st.lists(
    st.tuples(days, commands), max_size=30
)
BEGIN: list[DatedCommand] = [
    (date(2026, 2, 1), one)
    for one in (
        debtor(),
        debtor("D-8", "Garage Smit"),
        invoice("F1"),
        invoice("F2", debtor="D-8"),
        invoice("F3", instalments=[{"due_on": f"2026-0{m}-28", "amount": 50} for m in (2, 4)]),
    )
]


def run_commands(
    tenant: str, states: States, dated: Iterable[DatedCommand], rules: Rules | None = None
) -> list[Entry]:
    """Return the entries of the commands that the rules accept; ``states`` changes along."""
    entries = list[Entry]()
    for today, asked in dated:
        try:
            for command in asked.with_companions():
                entries += _decided(tenant, states, command, today, rules)
        except (Refused, NotFound):
            continue
    return entries


def _decided(
    tenant: str, states: States, command: Command, today: date, rules: Rules | None
) -> list[Entry]:
    id_ = book_id(tenant, command.kind.name, command.number)
    state = states.get(id_) or command.kind.start(id_)
    states[id_], entries = decide(
        state, command, DecisionContext(today, "anna", rules), Context("anna", AT)
    )
    return entries
