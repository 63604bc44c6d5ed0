"""What a book asks of somebody next, why, and how urgently. Here, as rules and views both ask.

The urgency is a sum of plain parts, each with its reason, so that a collector can argue with it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.codes import Action
from ledger.debtor import USES, Debtor
from ledger.details import odd
from ledger.dispute import ZERO, Dispute
from ledger.invoice import REPLY_ITEM, Hold, Invoice, Postponed, Promise, Reply
from ledger.invoice_events import Instalment

DEBTOR_ITEM = "debtor"  # to chase him for what nothing else is to be done about
DATA_ITEM = "contact details"  # of a debtor, which are missing
STEP_ITEM = "where to write"  # by the channels of his step
MAIL_ITEM = "mail"  # of ours that will not arrive
URGENCY = {
    Action.BROKEN_PROMISE: 80,
    Action.DECIDE_DISPUTE: 70,
    Action.ISSUE_CREDIT_NOTE: 65,
    Action.ALLOCATE_MONEY: 65,
    Action.REOPEN_DISPUTE: 65,
    Action.ANSWER_DEBTOR: 60,
    Action.RESUME_AFTER_DISPUTE: 60,
    Action.HOLD_EXPIRED: 60,
    Action.ASSIGN_RESOLVER: 55,
    Action.MAIL_FAILED: 55,
    Action.PROMISE_DUE: 50,
    Action.CHASE_RESOLVER: 50,
    Action.CHASE_APPROVER: 50,
    Action.CHASE_DEBTOR: 40,
    Action.COMPLETE_DATA: 30,
}
CHASING = (  # what a hold lets rest; to look for promised money is not to chase
    Action.BROKEN_PROMISE,
    Action.RESUME_AFTER_DISPUTE,
    Action.HOLD_EXPIRED,
    Action.CHASE_DEBTOR,
)
TO_CLOSE = -40  # urgency of what is to be closed, and waits for nobody
CHASE_AGAIN = timedelta(days=7)  # when nothing else is planned
BANDS = ((Decimal(100_000), 20), (Decimal(10_000), 15), (Decimal(1_000), 10), (Decimal(100), 5))


class Todo(Struct, frozen=True):
    """One thing to do, on or after a day, about an amount. ``item`` tells it from the others."""

    action: Action
    item: str
    on: date
    amount: Decimal
    dispute: Dispute | None = None
    more: int = 0  # urgency beyond that of the action and the amount
    why: list[str] = field(default_factory=list)

    @property
    def priority(self) -> int:
        band = next((points for least, points in BANDS if self.amount >= least), 0)
        return URGENCY[self.action] + band + self.more


def todos(invoice: Invoice) -> list[Todo]:
    """Most urgent first; nothing for an invoice that asks nothing of anybody."""
    if not invoice.number:  # nobody registered it
        return []
    found = [_about_dispute(invoice, one) for one in invoice.open_disputes]
    found += _credits_due(invoice)
    if invoice.open_amount < 0:
        found.append(_overpaid(invoice))
    elif invoice.collectable:
        rests = any(one.rests_whole for one in invoice.open_disputes)
        about = _about_debtor(invoice)
        found += [todo for todo in about if not (rests and todo.action in CHASING)]
    if invoice.failed and invoice.open_amount > 0:
        found += _mail_failed(invoice)
    if invoice.reply and invoice.open_amount > 0:
        found.append(_unanswered(invoice, invoice.reply))
    shown = [_not_before(todo, invoice.postponed) for todo in found]
    return sorted(shown, key=lambda todo: (-todo.priority, todo.on))


def todos_of_debtor(debtor: Debtor) -> list[Todo]:
    """Money of his that waits, and what must be known to write to him."""
    found = [*_missing(debtor), *_unreached(debtor)]
    found += [
        Todo(
            Action.ALLOCATE_MONEY,
            reference,
            money.received_on,
            money.left,
            why=[f"{money.left} of payment {reference} names no invoice"],
        )
        for reference, money in debtor.money.items()
        if money.left > 0
    ]
    return [_not_before(todo, debtor.postponed) for todo in found]


def _missing(debtor: Debtor) -> Iterator[Todo]:
    """Until it is there. Without an e-mail address what we send goes by letter."""
    why = [f"{one.found}: {one.then}" for one in odd(debtor)]
    if not debtor.channel(USES):
        why.insert(0, "neither an e-mail address nor an address can be used: nothing can be sent")
    if why and debtor.registered_on and DATA_ITEM not in debtor.money:  # no name twice
        yield Todo(Action.COMPLETE_DATA, DATA_ITEM, debtor.registered_on, ZERO, why=why)


def _unreached(debtor: Debtor) -> Iterator[Todo]:
    """What a step of the ladder needs, of a debtor who could be written to otherwise."""
    missed = debtor.unreached
    if missed is None or STEP_ITEM in debtor.money:  # no name twice
        return
    if debtor.channel(USES) and not debtor.channel(missed.channels):
        ways = " or ".join(missed.channels)
        why = [f"{missed.step} goes by {ways}, and it is not known where to"]
        yield Todo(Action.COMPLETE_DATA, STEP_ITEM, missed.on, ZERO, why=why)


def _not_before(todo: Todo, postponed: Mapping[str, Postponed]) -> Todo:
    """Another action is a new cause, which was not postponed."""
    found = postponed.get(todo.item)
    if found is None or found.action is not todo.action or found.until <= todo.on:
        return todo
    why = [*todo.why, f"postponed to {found.until}: {found.why}"]
    return replace(todo, on=found.until, why=why)


def _about_dispute(invoice: Invoice, one: Dispute) -> Todo:
    assert one.opened_on
    item = str(one.case_id)
    reason = one.reason.replace("_", " ")
    why = [f"{one.disputed} of {invoice.open_amount} open is disputed: {reason}"]
    if not invoice.still_disputes(one):
        on = invoice.settled_on or one.opened_on
        why.append("nothing is left to dispute: resolve-dispute closes it")
        return Todo(Action.DECIDE_DISPUTE, item, on, ZERO, one, TO_CLOSE, why)
    more = 0
    if one.reminders:
        why.append(f"its resolver was reminded {_times(one.reminders)}")
        more += min(2 * one.reminders, 10)
    if one.escalated_to:
        why.append(f"escalated to {one.escalated_to}")
        more += 10
    if one.credit_requested is not None:
        why.append(f"a credit of {one.credit_requested} waits for {one.credit_asked_of}")
        on = _chased_again(invoice, item, one.credit_by or one.opened_on, why)
        return Todo(Action.CHASE_APPROVER, item, on, one.disputed, one, more, why)
    if one.credit_refused:
        why.append(f"its credit was refused: {one.credit_refused}")
    if one.credit_approved:
        why.append(f"a credit of {one.credit_approved} is approved")
    if one.answer == "solved":
        why.append(f"{one.resolver} says it is solved")
    if one.answer == "solved" or one.credit_approved:
        return Todo(Action.DECIDE_DISPUTE, item, one.opened_on, one.disputed, one, more, why)
    if not one.resolver or one.answer == "not_mine":
        why.append("nobody is asked to solve it")
        return Todo(Action.ASSIGN_RESOLVER, item, one.opened_on, one.disputed, one, more, why)
    why.append(f"{one.resolver} has it; a resolver was first asked on {one.assigned_on}")
    on = _chased_again(invoice, item, one.follow_up_on or one.opened_on, why)
    return Todo(Action.CHASE_RESOLVER, item, on, one.disputed, one, more, why)


def _unanswered(invoice: Invoice, reply: Reply) -> Todo:
    """Until somebody answers; who writes soon after a decision may not be content with it."""
    times = "" if reply.times == 1 else f" ({reply.times} times; this was the last)"
    why = [f"from {reply.who or 'the debtor'} on {reply.on}{times}: {reply.words}"]
    case = invoice.disputes.get(reply.resolved_case) if reply.resolved_case else None
    if case is None or case.status != "resolved":
        case, action = None, Action.ANSWER_DEBTOR
    else:
        action = Action.REOPEN_DISPUTE
        why.append(f"its dispute was {case.outcome} on {case.resolved_on}: reopen-dispute, if so")
    return Todo(action, REPLY_ITEM, reply.since, invoice.open_amount, case, why=why)


def _chased_again(invoice: Invoice, item: str, on: date, why: list[str]) -> date:
    """Who was chased by hand since has a week to answer."""
    done = invoice.done.get(item)
    if not done or done < on:
        return on
    why.append(f"last chased on {done}")
    return done + CHASE_AGAIN


def _credits_due(invoice: Invoice) -> Iterator[Todo]:
    """Decided, and no credit note yet; of a cancelled invoice nothing is claimed any more."""
    for one in () if invoice.cancelled else invoice.disputes.values():
        if one.to_credit and one.resolved_on:
            item, reason = f"credit {one.case_id}", one.reason.replace("_", " ")
            why = [f"{one.to_credit} is to be credited: {reason}, decided on {one.resolved_on}"]
            on = one.resolved_on
            yield Todo(Action.ISSUE_CREDIT_NOTE, item, on, one.to_credit, one, why=why)


def _mail_failed(invoice: Invoice) -> Iterator[Todo]:
    """Until somebody was in touch since, or says that it is seen to."""
    done, contact = invoice.done.get(MAIL_ITEM, date.min), invoice.last_contact_on or date.min
    if failed := {name: on for name, on in invoice.failed.items() if done < on >= contact}:
        why = [f"{name} did not arrive on {on}" for name, on in failed.items()]
        on = min(failed.values())
        yield Todo(Action.MAIL_FAILED, MAIL_ITEM, on, invoice.open_amount, why=why)


def _overpaid(invoice: Invoice) -> Todo:
    too_much = -invoice.open_amount
    on = invoice.settled_on or invoice.issued_on
    return Todo(Action.ALLOCATE_MONEY, "money", on, too_much, why=[f"{too_much} too much was paid"])


def _about_debtor(invoice: Invoice) -> Iterator[Todo]:
    """Of what is not disputed: what a hold lets rest, what is promised, and all the rest."""
    left, holds = max(invoice.undisputed_amount - invoice.credit_due, ZERO), [*_holds(invoice)]
    whole = _whole(holds)
    for hold in holds:
        part = ZERO if hold.amount is None else min(hold.amount, left)
        left -= part
        if part and hold.until and (whole is None or whole.until):
            yield _later(_expired(invoice, hold, part, _item_of(hold)), whole)
    promise, promised = invoice.open_promise, min(promised_amount(invoice), left)
    if promise and promised:
        on = promise.promised_for + timedelta(days=promise.grace_days)
        why = [f"{promise.amount} is promised for {promise.promised_for}"]
        amount = min(promise.amount, promised)
        yield Todo(Action.PROMISE_DUE, "promise", on, amount, why=why)
    if left > promised and (whole is None or whole.until):
        yield _chase(invoice, left - promised, whole)


def _chase(invoice: Invoice, amount: Decimal, hold: Hold | None) -> Todo:
    """Nobody is chased while ``hold``, which is over all of it, lasts."""
    if broken := _last_broken(invoice):
        why = [f"the promise of {broken.amount} for {broken.promised_for} was {broken.status}"]
        on = max(broken.judged_on or broken.promised_for, _later_part_on(invoice, amount))
        todo = Todo(Action.BROKEN_PROMISE, DEBTOR_ITEM, on, amount, why=why)
    elif hold:
        return _expired(invoice, hold, amount, "debtor")
    else:
        todo = _next_step(invoice, amount)
    return _later(todo, hold)


def _later(todo: Todo, hold: Hold | None) -> Todo:
    """Not before the hold over all of it ends."""
    if not (hold and hold.until):
        return todo
    why = [*todo.why, f"held until {hold.until}: {hold.reason}"]
    return replace(todo, on=max(todo.on, hold.until), why=why)


def _expired(invoice: Invoice, hold: Hold, amount: Decimal, item: str) -> Todo:
    assert hold.until
    why = [f"held until {hold.until}: {hold.reason}"]
    of_all = amount if hold.amount is None else invoice.open_amount
    on = max(hold.until, _next_on(invoice, of_all))
    return Todo(Action.HOLD_EXPIRED, item, on, amount, why=why)


def _next_step(invoice: Invoice, amount: Decimal) -> Todo:
    on = _next_on(invoice, amount)
    why = _why_due(invoice, amount, on)
    if amount < invoice.open_amount:
        why.append(f"the other {invoice.open_amount - amount} rests")
    if not invoice.debtor:
        why.append("it names no debtor: nothing is sent by itself")
    if short := invoice.short_amount:
        why.append(f"short by {short}: {invoice.received} was paid")
    if invoice.delivery_failed_on:
        why.append(f"the invoice came back on {invoice.delivery_failed_on}")
    if resumes(invoice):
        why.append(f"its dispute is over since {invoice.resumed_on}")
        return Todo(Action.RESUME_AFTER_DISPUTE, DEBTOR_ITEM, on, amount, why=why)
    if invoice.reminders:
        why.append(f"the debtor was reminded {_times(invoice.reminders)}")
    if invoice.next_step and _planned_on(invoice):
        why.append(f"planned: {invoice.next_step}")
    more = min(2 * invoice.reminders, 10)
    return Todo(Action.CHASE_DEBTOR, DEBTOR_ITEM, on, amount, more=more, why=why)


def _why_due(invoice: Invoice, amount: Decimal, on: date) -> list[str]:
    """Of instalments only the oldest is due for certain on the day it is shown."""
    first = _oldest(invoice, amount)
    due = "is due since" if on > first.due_on else "falls due on"
    if first.amount < amount:
        rest = f"{amount - first.amount} in later instalments"
        return [f"{first.amount} {due} {first.due_on}, {rest}"]
    return [f"{amount} {due} {first.due_on}"]


def _oldest(invoice: Invoice, amount: Decimal) -> Instalment:
    """The first instalment that ``amount`` is of, and how much: what rests is of those before it,
    as the ladder has it."""
    rests = invoice.open_amount - amount
    for one in invoice.open_instalments:
        if one.amount > rests:
            return Instalment(one.due_on, min(one.amount - rests, amount))
        rests -= one.amount
    return Instalment(invoice.due_on, amount)


def _next_on(invoice: Invoice, amount: Decimal) -> date:
    """As planned by hand, else the day after it is due (due today is not overdue), and not again
    before the debtor had a week to answer."""
    planned, chased_on = _planned_on(invoice), _chased_on(invoice)
    if planned and invoice.next_step:
        return planned
    first = invoice.due_on + timedelta(days=1)
    again = chased_on + CHASE_AGAIN if chased_on else first
    return max(planned or max(first, again), _later_part_on(invoice, amount))


def _later_part_on(invoice: Invoice, amount: Decimal) -> date:
    """The day after ``amount`` falls due when all of it is of later instalments; else long ago."""
    due_on = _oldest(invoice, amount).due_on
    return due_on + timedelta(days=1) if due_on > invoice.due_on else date.min


def _planned_on(invoice: Invoice) -> date | None:
    """Of the next step, unless it was taken."""
    planned = invoice.next_step_on
    return None if planned and _chased_since(invoice, planned) else planned


def _last_broken(invoice: Invoice) -> Promise | None:
    """The latest promise, when it was broken and nobody of us was in touch since; what the clock
    sends him meanwhile does not take it off the agenda."""
    if not invoice.promises:
        return None
    last = max(invoice.promises.values(), key=lambda promise: promise.made_on)
    if last.status not in ("broken", "partially kept"):
        return None
    seen_to_on = _latest(invoice.done.get(DEBTOR_ITEM), invoice.by_hand_on)
    return None if seen_to_on and last.judged_on and seen_to_on >= last.judged_on else last


def _holds(invoice: Invoice) -> Iterator[Hold]:
    """Those that are not behind us: chasing on the day it ends, or later, closes it."""
    return (
        hold
        for hold in invoice.holds.values()
        if not _chased_since(invoice, hold.until, _item_of(hold))
    )


def _item_of(hold: Hold) -> str:
    return DEBTOR_ITEM if hold.amount is None else f"hold {hold.hold_id}"


def _chased_since(invoice: Invoice, day: date | None, item: str = DEBTOR_ITEM) -> bool:
    chased_on = _chased_on(invoice, item)
    return bool(day and chased_on and chased_on >= day)


def _chased_on(invoice: Invoice, item: str = DEBTOR_ITEM) -> date | None:
    """By a contact or reminder, or because somebody said so of the item."""
    return _latest(invoice.done.get(item), invoice.chased_on)


def _latest(*days: date | None) -> date | None:
    return max(filter(None, days), default=None)


def _whole(holds: list[Hold]) -> Hold | None:
    """The hold over all of it that lasts longest."""
    whole = (hold for hold in holds if hold.amount is None)
    return max(whole, key=lambda hold: hold.until or date.max, default=None)


def resumes(invoice: Invoice) -> bool:
    """A dispute is over, and the debtor was not asked to pay since."""
    return bool(invoice.resumed_on) and not _chased_since(invoice, invoice.resumed_on)


def promised_amount(invoice: Invoice) -> Decimal:
    """What the open promises let us wait for: less what came in since the first was made."""
    made = [*invoice.open_promises]
    if not made:
        return ZERO
    came_in = invoice.received - min(one.paid_before for one in made)
    return max(sum((one.amount for one in made), ZERO) - max(came_in, ZERO), ZERO)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
