"""The follow-up of a day: one message a debtor, with every invoice whose step is due, and the
steps themselves, in one append.

The job finds candidates; each book decides again. The message is named by debtor and day, so that
whoever comes second, and however often, asks for nothing and takes no step.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace as but

from api.session import TenantSession
from commands.command import Command
from commands.context import Context
from commands.execute import execute
from commands.follow_up.steps import RecordUnreachableDebtor, RequestMessageStrict, TakeStep
from commands.messages.outbox import snapshot
from commands.unit_of_work import UnitOfWork
from ledger.database.pool import Conn
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK, Book, replay
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import InvoiceSnapshot
from ledger.facts.playbook import NUMBER, Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.batching import FollowUpBatch, batch_for_debtor, message_key, step_due
from ledger.policy.follow_up.contact_days import why_closed
from ledger.policy.follow_up.ladder import DueStep, step_offsets
from ledger.policy.follow_up.pauses import debtor_pause
from ledger.policy.messages.languages import language_of
from ledger.policy.reachability import USES, channel_for
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable
from ledger.store.reading import entries_of_many
from projections import invoices

log = logging.getLogger(__name__)
PAGE = 500
MAX_ATTEMPTS = 5  # others may write in the same books


class Done(NamedTuple):
    """What was asked for: the name of the message, and how many steps went with it."""

    message: str
    steps: int
    unreachable: str = ""  # the debtor, when there is no way to write to him


def debtors_due(desk: TenantSession, at: datetime) -> Iterator[Done]:
    """Nothing on a day that is not worked or quiet, and nothing before a playbook was applied: who
    just took in his open items must not find that all debtors were written to."""
    on, rules = desk.ledger.today(at), desk.ledger.book(PLAYBOOK, NUMBER).state.rules
    if rules is None or why_closed(rules, on):
        return
    for debtor, found in groupby(_candidates(desk, rules, on), key=lambda one: one.debtor):
        numbers = [one.number for one in found]
        try:
            done = _write_to(desk, at, debtor, numbers)
        except (NotFound, Unreadable) as error:  # the others are followed up all the same
            log.warning("debtor %s is not followed up now: %s", debtor, error)
            continue
        if done:
            yield done


def _candidates(
    desk: TenantSession, rules: Rules, on: date
) -> Iterator[invoices.FollowUpCandidate]:
    """By debtor, a page at a time; whatever his ladder, its first step is not before ``until``."""
    first = min(step_offsets(ladder)[0] for ladder in rules.ladders.values())
    until = on + timedelta(days=max(0, -first))
    after = ("", "")
    while True:
        with desk.pool.connection() as conn:
            page = invoices.follow_up_candidates(desk.tenant, on, until, after, PAGE).fetch(conn)
            try:
                found = _due_by_book(desk, conn, page, rules, on)
            except Unreadable:  # it is met again, alone, where it holds up one debtor only
                found = page
        yield from found
        if len(page) < PAGE:
            return
        after = (page[-1].debtor, page[-1].number)


def _due_by_book(
    desk: TenantSession,
    conn: Conn,
    page: Sequence[invoices.FollowUpCandidate],
    rules: Rules,
    on: date,
) -> list[invoices.FollowUpCandidate]:
    """Those whose step is due, of debtors who were not written to today; the page's books are read
    at once, as the clock asks this every few minutes."""
    asked = {one.debtor: desk.ledger.id_of(MESSAGE, message_key(one.debtor, on)) for one in page}
    told = entries_of_many(conn, desk.tenant, asked.values())
    left = [one for one in page if asked[one.debtor] not in told]
    debtors = {one.debtor: desk.ledger.id_of(DEBTOR, one.debtor) for one in left}
    wanted = [*debtors.values(), *(one.invoice_id for one in left)]
    books = entries_of_many(conn, desk.tenant, wanted)
    owe = {one: replay(DEBTOR, id_, books.get(id_, [])).state for one, id_ in debtors.items()}

    def due(one: invoices.FollowUpCandidate) -> bool:
        state = replay(INVOICE, one.invoice_id, books[one.invoice_id]).state
        return step_due(state, one.debtor, owe[one.debtor], rules, on) is not None

    return [*filter(due, left)]


def _write_to(
    desk: TenantSession, at: datetime, debtor: str, numbers: Sequence[str]
) -> Done | None:
    """When a book moved meanwhile all is looked at anew; the next run tries what is left."""
    ledger, on = desk.ledger, desk.ledger.today(at)
    name = message_key(debtor, on)
    for _ in range(MAX_ATTEMPTS):
        playbook, owes = ledger.book(PLAYBOOK, NUMBER), ledger.book(DEBTOR, debtor)
        rules = playbook.state.rules
        assert rules is not None
        if ledger.book(MESSAGE, name).state.known or debtor_pause(owes.state, on):
            return None
        states = [ledger.book(INVOICE, number).state for number in numbers]
        found = [(one, step_due(one, debtor, owes.state, rules, on)) for one in states]
        due = [(one, step) for one, step in found if step]
        goes = batch_for_debtor(owes.state, due)
        if goes is None:
            return _unreachable(desk, at, owes.state, debtor, due) if due else None
        try:
            _append(desk, at, playbook, owes, goes)
        except (Stale, Refused) as error:
            log.info("debtor %s is looked at again: %s", debtor, error)
            continue
        return Done(name, len(goes.steps))
    log.warning("debtor %s is followed up the next time: others keep writing", debtor)
    return None


def _unreachable(
    desk: TenantSession,
    at: datetime,
    owes: Debtor,
    debtor: str,
    due: Sequence[tuple[Invoice, DueStep]],
) -> Done:
    """The agenda asks for what is missing, where that depends on the step."""
    if channel_for(owes, USES):
        step = due[0][1].step
        wish = RecordUnreachableDebtor(debtor=debtor, step=step.step, channels=step.channels)
        execute(desk.ledger, [wish], Context("clock", at))
    return Done(message_key(debtor, desk.ledger.today(at)), 0, unreachable=debtor)


def _append(
    desk: TenantSession,
    at: datetime,
    playbook: Book[Playbook],
    debtor: Book[Debtor],
    letter: FollowUpBatch,
) -> None:
    rules, to = playbook.state.rules, debtor.state
    assert rules is not None
    name = message_key(to.number, desk.ledger.today(at))
    version = playbook.state.version
    ask = RequestMessageStrict(
        message=name,
        purpose=letter.purpose,
        channel=letter.channel,
        to=(getattr(to, USES[letter.channel]),),
        template=letter.template,
        language=language_of(to, rules.calendar.country),
        about=tuple(_asked(invoice, due) for invoice, due in letter.steps),
        debtor=to.number,
        step=letter.steps[0][1].step.step,
        playbook=version,
    )
    take = [
        TakeStep(
            invoice=invoice.number,
            rules=rules,
            debtor=to,
            step=due.step.step,
            times=due.times,
            amount=due.amount,
            message=name,
            playbook=version,
        )
        for invoice, due in letter.steps
    ]

    def plan(work: UnitOfWork) -> list[Command]:
        for kind, number, line in (
            (PLAYBOOK, NUMBER, playbook.state.line),
            (DEBTOR, to.number, to.line),
        ):
            work.assert_unchanged(kind, number)
            if work.state(kind, number).line != line:
                raise Refused("book-changed", book=f"{kind.name} {number}")
        return [ask, *take]

    execute(desk.ledger, plan, Context("clock", at, correlation=name))


def _asked(invoice: Invoice, due: DueStep) -> InvoiceSnapshot:
    """``open_amount`` is what is asked for: what rests, or falls due later, is not."""
    return but(snapshot(invoice), open_amount=due.amount)
