"""Reactions of the playbook to commands, decided with them for the same append.

First, omitted fields of a command are completed. After all commands are decided, short payments
open disputes, new disputes get a resolver, and messages are requested.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from uuid import UUID

from commands.command import Command
from commands.context import Reactions
from commands.disputes.case import CaseCommand
from commands.disputes.notices import notices
from commands.disputes.resolvers import AssignResolver, RemindResolver
from commands.disputes.workflow import Workflow
from commands.follow_up.promises import MakePromise
from commands.payments import short_payments
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK
from ledger.facts.invoice.payments import PaymentReceived, PaymentReversed
from ledger.facts.invoice.state import Dispute
from ledger.facts.playbook import NUMBER
from ledger.policy import business_days
from ledger.policy.disputes.case_part import CaseChange, Trigger
from ledger.policy.disputes.deadlines import keeps_day, next_reminder_on

NONE, IF_APPLIED, ALWAYS = Reactions.NONE, Reactions.IF_APPLIED, Reactions.ALWAYS


def reacts(work: Work, commands: Sequence[Command]) -> bool:
    """Return whether the playbook reacts: as the context sets it, else as the commands do."""
    wanted = work.context.reactions
    if wanted is None:
        wanted = (
            IF_APPLIED if any(command.reactions is IF_APPLIED for command in commands) else NONE
        )
    return wanted is ALWAYS or (wanted is IF_APPLIED and work.playbook.known)


def complete(work: Work, commands: Sequence[Command], reacting: bool) -> list[Command]:
    """Return the commands with the omitted fields that the playbook sets."""
    completed = list[Command]()
    for command in commands:
        if isinstance(command, MakePromise) and work.context.reactions is not NONE:
            completed.append(_with_grace(command, work))
        elif reacting and isinstance(command, AssignResolver):
            completed.append(_with_day(command, work))
        elif reacting and isinstance(command, RemindResolver):
            completed.append(_with_next_day(command, work))
        else:
            completed.append(command)
    return completed


def react(work: Work) -> None:
    """Decide the commands that follow from the entries decided so far. Raises ``Refused``."""
    before, rules = len(work.entries), work.rules
    run = Workflow(rules, work.playbook.version, work.now.today)
    work.decide([*short_payments.short_payment_disputes(_paid(work), rules.short_payments)])
    work.decide([*run.reactions(_happened(work), work.context.overrides)])
    work.decide([*notices(run, _happened(work), partial(work.state, DEBTOR), _free_name_in(work))])
    if len(work.entries) > before:
        work.assert_unchanged(PLAYBOOK, NUMBER)


def _with_grace(promise: MakePromise, work: Work) -> MakePromise:
    """Convert the playbook's working days of grace to the calendar days of the promise."""
    if promise.grace_days is not None:
        return promise
    work.assert_unchanged(PLAYBOOK, NUMBER)
    over = business_days.add(promise.promised_for, work.rules.grace, work.rules.calendar)
    return promise.model_copy(update={"grace_days": (over - promise.promised_for).days})


def _with_day(command: AssignResolver, work: Work) -> AssignResolver:
    """Set the day by which the resolver must answer, if the command and the dispute have none."""
    dispute = _dispute(command, work)
    on = command.on or work.now.today
    if command.follow_up_on or dispute is None or keeps_day(dispute, command.resolver, on):
        return command
    work.assert_unchanged(PLAYBOOK, NUMBER)
    run = Workflow(work.rules, work.playbook.version, work.now.today)
    return command.model_copy(update={"follow_up_on": run.answer_by(dispute.reason)})


def _with_next_day(command: RemindResolver, work: Work) -> RemindResolver:
    """Set the day of the next reminder by the playbook, if the command has none."""
    dispute = _dispute(command, work)
    if command.follow_up_on or dispute is None:
        return command
    work.assert_unchanged(PLAYBOOK, NUMBER)
    day = next_reminder_on(dispute, work.rules, work.now.today)
    return command.model_copy(update={"follow_up_on": day})


def _dispute(command: CaseCommand, work: Work) -> Dispute | None:
    disputes: Mapping[UUID, Dispute] = work.target(INVOICE, command.invoice).disputes
    return disputes.get(command.case_id) if command.case_id else None


def _paid(work: Work) -> Iterator[short_payments.Paid]:
    invoices = work.states(INVOICE)
    for entry in work.entries:
        if isinstance(entry.event, PaymentReceived | PaymentReversed):
            yield invoices[entry.book_id], entry.event


def _happened(work: Work) -> list[CaseChange]:
    invoices = work.states(INVOICE)
    return [
        CaseChange(invoices[entry.book_id], entry.event)
        for entry in work.entries
        if isinstance(entry.event, Trigger)
    ]


def _free_name_in(work: Work) -> Callable[[str], str]:
    """Return a function that makes names unique: ``request/17/2`` after ``request/17/1``."""
    named = set[str]()

    def free(name: str) -> str:
        n = 1
        while f"{name}/{n}" in named or work.state(MESSAGE, f"{name}/{n}").known:
            n += 1
        named.add(f"{name}/{n}")
        return f"{name}/{n}"

    return free
