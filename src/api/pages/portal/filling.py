"""What a debtor filled in: its faults, by field, and how it is recorded once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID, uuid5

from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import Guest, OnInvoice
from api.pages.portal.kept_files import Kept, make_documents
from commands.command import Command
from commands.execute import execute
from commands.execute import preview as decide
from commands.invoices.contacts import LogContact
from ledger.facts.codes import Channel, Direction
from ledger.facts.entry import Entry
from ledger.policy.amount_text import read_amount
from ledger.policy.refusal import Refused

MAX_WORDS = 10_000
OF_FORMS = UUID("4d3fd2b1-8b0c-4a39-9a6e-0b0a2f5d7c11")  # ids that follow from a form's


class Fault(NamedTuple):
    """What is wrong with a field."""

    field: str
    text: str


class Faulty(Exception):
    """A form that cannot be recorded."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def form_id(form: PortalForm, _: Translation) -> UUID:
    """Return the id that the page gave the form. Raises ``Faulty``."""
    try:
        return UUID(form.get("form"))
    except ValueError:
        text = _("The form could not be read. Please fill it in again.")
        raise Faulty(Fault("page", text)) from None


def own_id(guest: Guest, form: UUID, of: str) -> UUID:
    """Return an id that follows from the form and its debtor, so that it is nobody else's."""
    return uuid5(OF_FORMS, f"{guest.session.tenant}\n{guest.debtor.number}\n{form}\n{of}")


def contact_id(guest: Guest, form: UUID, text: str, files: Sequence[str]) -> UUID:
    """Return the id of what a debtor writes: a form that is changed and sent again counts again."""
    content = sha256(repr([text, *files]).encode()).hexdigest()
    return own_id(guest, form, f"contact {content}")


def words_in(form: PortalForm, _: Translation, name: str = "words") -> str:
    """Return the text of a field. Raises ``Faulty`` without one."""
    text = form.get(name)
    if not 0 < len(text) <= MAX_WORDS:
        most = _("Write at most {most} characters, and at least one.", most=f"{MAX_WORDS}")
        raise Faulty(Fault(name, most))
    return text


def amount_in(text: str, currency: str, name: str, _: Translation) -> Decimal:
    """Return an amount above zero as a person wrote it. Raises ``Faulty``."""
    try:
        amount = read_amount(text, currency, field=name)
    except Refused as error:
        raise Faulty(Fault(name, refusal_text(error, _))) from error
    if amount <= 0:
        raise Faulty(Fault(name, _("Write an amount above zero.")))
    return amount


def day_in(text: str, name: str, _: Translation) -> date:
    """Return a day. Raises ``Faulty``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Faulty(Fault(name, _("Choose a day."))) from None


def all_of(*checks: Callable[[], object]) -> None:
    """Run the checks. Raises ``Faulty`` with what all of them found."""
    faults = list[Fault]()
    for check in checks:
        try:
            check()
        except Faulty as error:
            faults += error.faults
    if faults:
        raise Faulty(*faults)


def contact(
    on: OnInvoice, form: UUID, text: str, files: Sequence[Kept], awaits_answer: bool = True
) -> list[Command]:
    """Return what logs the debtor's words, with the files that came with them."""
    number = on.invoice.number
    logged = LogContact(
        invoice=number,
        channel=Channel.PORTAL,
        direction=Direction.IN,
        who=on.guest.person,
        summary=text,
        time=on.guest.app.clock().astimezone(on.guest.session.ledger.zone),
        documents=tuple(dict.fromkeys(file.sha256 for file in files)),
        contact_id=contact_id(on.guest, form, text, [file.sha256 for file in files]),
        awaits_answer=awaits_answer,
    )
    return [logged, *(file.attached(number) for file in files)]


def record(
    guest: Guest, form: UUID, commands: Iterable[Command], files: Sequence[Kept]
) -> Sequence[Entry]:
    """Record what the debtor sent, once. Raises ``Refused`` or ``NotFound``."""
    given = [*commands]
    content = repr([command.model_dump_json() for command in given]).encode()
    cause = f"portal/{form}/{sha256(content).hexdigest()[:16]}"
    context = guest.context(cause, [file.sha256 for file in files])
    if files and decide(guest.session.ledger, given, context):
        make_documents(guest, files)
    return execute(guest.session.ledger, given, context).entries


def preview(guest: Guest, commands: Iterable[Command], files: Sequence[Kept]) -> list[Entry]:
    """Return the entries that ``record`` would make. Raises ``Refused`` or ``NotFound``."""
    context = guest.context("portal/preview", [file.sha256 for file in files])
    return decide(guest.session.ledger, [*commands], context)
