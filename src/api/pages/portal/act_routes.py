"""``…/promise``, ``…/payment`` and ``…/message``: what a debtor lets us know about an invoice."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from api.i18n.refusals import refusal_text
from api.pages.kit.site import see_other
from api.pages.portal.bill import Bill
from api.pages.portal.dispute_routes import LINK, SIGNED
from api.pages.portal.door import Acting, Looking, Sending
from api.pages.portal.errors import PortalRoute
from api.pages.portal.filling import Fault, Faulty, form_id, record
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import OnInvoice
from api.pages.portal.kept_files import Kept, keep
from api.pages.portal.letters_in import paid, promised, written
from api.pages.portal.views import page
from api.postman.how_to_pay import in_fours
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


ACTS = (
    Act("promise", "When do you pay?", promised),
    Act("payment", "You have paid already", paid),  # no money yet: a person looks for it
    Act("message", "Write to us", written),  # a person answers it
)


def add(act: Act) -> None:
    """Add the addresses of an act: by a link, and signed in."""

    @router.get(f"{LINK}/{act.name}")
    @router.get(f"{SIGNED}/{act.name}")
    async def ask(on: Looking) -> Response:
        return await on.guest.run(lambda: _form(on, act))

    @router.post(f"{LINK}/{act.name}")
    @router.post(f"{SIGNED}/{act.name}")
    async def send(acting: Sending) -> Response:
        return await acting.on.guest.run(lambda: _sent(acting, act))


for each in ACTS:
    add(each)


def _form(on: OnInvoice, act: Act, form: PortalForm | None = None, *wrong: Fault) -> Response:
    invoice, _ = on.invoice, on.words
    bill, account = Bill(invoice, on.guest.today, _), on.guest.creditor.account
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
        parts=range(on.guest.promises.parts),
        may_promise=may_promise(invoice, on.guest.promises),
        left=bill.money(promisable(invoice)),
        last=last_day(on.guest.today, on.guest.promises),
        iban=in_fours(account.iban) if account else "",
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
        return _form(on, act, form, Fault("page", refusal_text(error, on.words)))
    return see_other(f"{on.path}?did={act.name}")
