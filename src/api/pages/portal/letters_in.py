"""What a debtor lets us know about an invoice: a promise, a payment made, a message."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from api.i18n.translate import Translation
from api.pages.portal.filling import Fault, Faulty, amount_in, contact, day_in, own_id, words_in
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import OnInvoice
from api.pages.portal.kept_files import Kept
from commands.command import Command
from commands.follow_up.promises import MakePromise
from ledger.facts.codes import ZERO
from ledger.policy.payments.own_promises import last_day, may_promise, promisable

Instalments = list[tuple[date, Decimal]]


def promised(on: OnInvoice, form: PortalForm, id_: UUID, files: Sequence[Kept]) -> list[Command]:
    """Return a promise for each instalment. Raises ``Faulty``."""
    _, parts = on.words, range(on.guest.promises.parts)
    given = [(form.get(f"day-{nth}"), form.get(f"amount-{nth}")) for nth in parts]
    ids = [own_id(on.guest, id_, f"promise {nth} {given}") for nth in parts]
    if ids[0] in on.invoice.promises:
        return []  # a second tap
    if not may_promise(on.invoice, on.guest.promises):
        raise Faulty(Fault("page", _("Write to us to agree on another day.")))
    made = _instalments(on, form, _)
    if not made:
        raise Faulty(Fault("day-0", _("Choose a day.")))
    whole = sum((amount for _day, amount in made), ZERO)
    if whole > promisable(on.invoice):
        left = _.money(promisable(on.invoice), on.invoice.currency)
        raise Faulty(Fault("amount-0", _("Only {amount} is to be paid.", amount=left)))
    return [
        MakePromise(
            invoice=on.invoice.number,
            promised_for=day,
            amount=amount,
            who=on.guest.person,
            promise_id=promise_id,
        )
        for promise_id, (day, amount) in zip(ids, sorted(made), strict=False)
    ]


def _instalments(on: OnInvoice, form: PortalForm, _: Translation) -> Instalments:
    """Return day and amount of each part; a day alone is of all that is left to promise."""
    found, faults, currency = Instalments(), list[Fault](), on.invoice.currency
    last, today = last_day(on.guest.today, on.guest.promises), on.guest.today
    for nth in range(on.guest.promises.parts):
        day, amount = form.get(f"day-{nth}"), form.get(f"amount-{nth}")
        if not day and not amount:
            continue
        try:
            when = day_in(day, f"day-{nth}", _)
            if not today <= when <= last:
                text = _("Choose a day from today to {day}.", day=_.day(last))
                raise Faulty(Fault(f"day-{nth}", text))
            rest = promisable(on.invoice) - sum((part for _day, part in found), ZERO)
            part = amount_in(amount, currency, f"amount-{nth}", _) if amount else rest
            if part <= 0:
                raise Faulty(Fault(f"amount-{nth}", _("Write an amount above zero.")))
            found.append((when, part))
        except Faulty as error:
            faults += error.faults
    if faults:
        raise Faulty(*faults)
    return found


def paid(on: OnInvoice, form: PortalForm, id_: UUID, files: Sequence[Kept]) -> list[Command]:
    """Return what logs a payment that the debtor reports: not money yet. Raises ``Faulty``."""
    _, faults = on.words, list[Fault]()
    lines = [*_payment(on, form, _, faults)]
    if faults:
        raise Faulty(*faults)
    return contact(on, id_, "\n".join(lines), files)


def _payment(on: OnInvoice, form: PortalForm, _: Translation, faults: list[Fault]) -> Iterator[str]:
    try:
        day = day_in(form.get("day"), "day", _)
        if day > on.guest.today:
            raise Faulty(Fault("day", _("That day is still to come. Promise it instead.")))
    except Faulty as error:
        faults += error.faults
        day = on.guest.today
    try:
        amount = amount_in(form.get("amount"), on.invoice.currency, "amount", _)
    except Faulty as error:
        faults += error.faults
        amount = ZERO
    money = _.money(amount, on.invoice.currency)
    yield _("I paid {amount} on {day}.", amount=money, day=_.day(day))
    if reference := form.get("reference"):
        yield _("Reference of the payment: {reference}", reference=reference[:200])
    if form.get("words"):
        yield words_in(form, _)


def written(on: OnInvoice, form: PortalForm, id_: UUID, files: Sequence[Kept]) -> list[Command]:
    """Return what logs a message. Raises ``Faulty``."""
    return contact(on, id_, words_in(form, on.words), files)
