"""What follows by the playbook from commands, decided with them for the same append.

First what a command left out is completed. Once all are decided, short payments open disputes, new
disputes get a resolver, credits get to their approver, and the people concerned are written to.
"""

from collections.abc import Callable, Iterator, Sequence

from commands.command import Command
from commands.context import Reactions
from commands.disputes.notices import notices
from commands.disputes.resolvers import AssignResolver
from commands.disputes.workflow import Workflow
from commands.follow_up.promises import MakePromise
from commands.payments import short_payments
from commands.unit_of_work import UnitOfWork
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.payment_events import PaymentReceived, PaymentReversed
from ledger.facts.playbook import NUMBER
from ledger.policy import business_days
from ledger.policy.disputes.case_part import CaseChange, Trigger

NONE, IF_APPLIED, ALWAYS = Reactions.NONE, Reactions.IF_APPLIED, Reactions.ALWAYS


def reacts(work: UnitOfWork, commands: Sequence[Command]) -> bool:
    """Return whether the playbook's reactions are wanted: by the context, else by the commands."""
    wanted = work.context.reactions
    if wanted is None:
        wanted = IF_APPLIED if any(one.reactions is IF_APPLIED for one in commands) else NONE
    return wanted is ALWAYS or (wanted is IF_APPLIED and work.playbook.known)


def complete(work: UnitOfWork, commands: Sequence[Command], reacting: bool) -> list[Command]:
    """Return the commands with what was left out of them and the playbook says."""
    completed = list[Command]()
    for one in commands:
        if isinstance(one, MakePromise) and work.context.reactions is not NONE:
            one = _with_grace(one, work)
        elif reacting and isinstance(one, AssignResolver):
            one = _with_day(one, work)
        completed.append(one)
    return completed


def react(work: UnitOfWork) -> None:
    """Decide what follows from what was decided. Raises ``Refused``."""
    before, rules = len(work.entries), work.rules
    run = Workflow(rules, work.playbook.version, work.now.today)
    work.decide([*short_payments.short_payment_disputes(_paid(work), rules.short_payments)])
    work.decide([*run.reactions(_happened(work), work.context.overrides)])
    work.decide([*notices(run, _happened(work), _debtor_in(work), _free_name_in(work))])
    if len(work.entries) > before:
        work.assert_unchanged(PLAYBOOK, NUMBER)


def _with_grace(promise: MakePromise, work: UnitOfWork) -> MakePromise:
    """The playbook counts working days; the promise keeps as many days as they take."""
    if promise.grace_days is not None:
        return promise
    work.assert_unchanged(PLAYBOOK, NUMBER)
    over = business_days.add(promise.promised_for, work.rules.grace, work.rules.calendar)
    return promise.model_copy(update={"grace_days": (over - promise.promised_for).days})


def _with_day(command: AssignResolver, work: UnitOfWork) -> AssignResolver:
    """A resolver who is asked without a day is given one by the playbook."""
    if command.follow_up_on or not command.case_id:
        return command
    dispute = work.target(INVOICE, command.invoice).disputes.get(command.case_id)
    if dispute is None:
        return command
    work.assert_unchanged(PLAYBOOK, NUMBER)
    run = Workflow(work.rules, work.playbook.version, work.now.today)
    return command.model_copy(update={"follow_up_on": run.answer_by(dispute.reason)})


def _paid(work: UnitOfWork) -> Iterator[short_payments.Paid]:
    invoices = work.states(INVOICE)
    for entry in work.entries:
        if isinstance(entry.event, PaymentReceived | PaymentReversed):
            yield invoices[entry.book_id], entry.event


def _happened(work: UnitOfWork) -> list[CaseChange]:
    invoices = work.states(INVOICE)
    return [
        CaseChange(invoices[entry.book_id], entry.event)
        for entry in work.entries
        if isinstance(entry.event, Trigger)
    ]


def _debtor_in(work: UnitOfWork) -> Callable[[str], Debtor]:
    def find(number: str) -> Debtor:
        debtor: Debtor = work.state(DEBTOR, number)
        return debtor

    return find


def _free_name_in(work: UnitOfWork) -> Callable[[str], str]:
    """Such as ``request/17/2``, where the first was asked for before."""
    named = set[str]()

    def free(name: str) -> str:
        n = 1
        while f"{name}/{n}" in named or work.state(MESSAGE, f"{name}/{n}").known:
            n += 1
        named.add(f"{name}/{n}")
        return f"{name}/{n}"

    return free
