"""``…/promise``, ``…/payment`` and ``…/message``: what a debtor lets us know about an invoice."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from api.pages.kit.site import see_other
from api.pages.portal.bill import Bill
from api.pages.portal.dispute_routes import LINK, SIGNED
from api.pages.portal.door import Acting, Looking, Sending
from api.pages.portal.errors import PortalRoute
from api.pages.portal.filling import Fault, Faulty, form_id, record
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import OnInvoice
from api.pages.portal.kept_files import Kept, keep
from api.pages.portal.letters_in import PARTS, paid, promised, written
from api.pages.portal.views import account_of, page
from commands.command import Command
from ledger.policy.payments.own_promises import last_day, may_promise, promisable
from ledger.policy.refusal import Refused

router = APIRouter(include_in_schema=False, route_class=PortalRoute)
Maker = Callable[[OnInvoice, PortalForm, UUID, Sequence[Kept]], list[Command]]


class Act(NamedTuple):
    """A form of an invoice: its template, its title, and the commands that follow from it."""

    name: str
    title: str
    make: Maker


PROMISE = Act("promise", "When do you pay?", promised)
PAYMENT = Act("payment", "You have paid already", paid)
MESSAGE = Act("message", "Write to us", written)


@router.get(f"{LINK}/promise")
@router.get(f"{SIGNED}/promise")
async def ask_promise(on: Looking) -> Response:
    """Ask on which day, or days, the debtor pays."""
    return await on.guest.run(lambda: _form(on, PROMISE))


@router.post(f"{LINK}/promise")
@router.post(f"{SIGNED}/promise")
async def promise(acting: Sending) -> Response:
    """Record a promise to pay, whole or in parts."""
    return await acting.on.guest.run(lambda: _sent(acting, PROMISE))


@router.get(f"{LINK}/payment")
@router.get(f"{SIGNED}/payment")
async def ask_payment(on: Looking) -> Response:
    """Ask about a payment that was made already."""
    return await on.guest.run(lambda: _form(on, PAYMENT))


@router.post(f"{LINK}/payment")
@router.post(f"{SIGNED}/payment")
async def payment(acting: Sending) -> Response:
    """Log that the debtor reports a payment, for a person to look for it."""
    return await acting.on.guest.run(lambda: _sent(acting, PAYMENT))


@router.get(f"{LINK}/message")
@router.get(f"{SIGNED}/message")
async def ask_message(on: Looking) -> Response:
    """Show the form of a message."""
    return await on.guest.run(lambda: _form(on, MESSAGE))


@router.post(f"{LINK}/message")
@router.post(f"{SIGNED}/message")
async def message(acting: Sending) -> Response:
    """Log a message of the debtor, for a person to answer."""
    return await acting.on.guest.run(lambda: _sent(acting, MESSAGE))


def _form(on: OnInvoice, act: Act, form: PortalForm | None = None, *wrong: Fault) -> Response:
    invoice, _ = on.invoice, on.words
    bill = Bill(invoice, on.guest.today, _)
    return page(
        on.guest,
        act.name,
        _(act.title),
        422 if wrong else 200,
        on=on,
        bill=bill,
        given=form.fields if form else {},
        form_id=uuid4(),
        wrong=wrong,
        parts=range(PARTS),
        may_promise=may_promise(invoice),
        left=bill.money(promisable(invoice)),
        last=last_day(on.guest.today),
        **account_of(on.guest),
    )


def _sent(acting: Acting, act: Act) -> Response:
    on, form = acting.on, acting.form
    try:
        id_ = form_id(form, on.words)
        act.make(on, form, id_, ())  # its faults come before its files are kept
        files = keep(on.guest, form.files)
        record(on.guest, id_, act.make(on, form, id_, files), files)
    except Faulty as error:
        return _form(on, act, form, *error.faults)
    except ValidationError:
        return _form(on, act, form, Fault("page", on.words("This cannot be read.")))
    except Refused as error:
        return _form(on, act, form, Fault("page", on.words.refused(error)))
    return see_other(f"{on.path}?did={act.name}")
