"""What a debtor lets us know about no particular invoice: a message, or details to change.

A change is a request that a person judges. Nobody changes a bank account here: there is no field.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from api.i18n.translate import Translation
from api.pages.portal.filling import Fault, Faulty, contact_id, words_in
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import Guest
from commands.inbox.replies import FileDebtorMessage
from ledger.facts.codes import Channel, Direction
from ledger.facts.debtor import Debtor
from ledger.policy.validation import ADDRESS

FIELDS = {  # and the longest value
    "name": ("Name", 200),
    "address": ("Postal address", 500),
    "email": ("Mail address for invoices", 254),
    "phone": ("Telephone", 50),
    "vat_id": ("VAT number", 50),
}


def details_of(debtor: Debtor) -> dict[str, str]:
    """Return what we know, by field."""
    return {name: str(getattr(debtor, name) or "") for name in FIELDS}


def details_command(guest: Guest, form: PortalForm, id_: UUID) -> FileDebtorMessage:
    """Return what logs the request. Raises ``Faulty`` when nothing is asked."""
    _ = guest.words
    lines = [*_changes(guest, form, _)]
    if not lines:
        raise Faulty(Fault("page", _("Nothing is different from what we know.")))
    head = _("Please change our details:")
    return _logged(guest, id_, "\n".join([head, *lines]), ())


def _changes(guest: Guest, form: PortalForm, _: Translation) -> Iterator[str]:
    known = details_of(guest.debtor)
    for name, (label, most) in FIELDS.items():
        given = form.get(name)
        if len(given) > most:
            raise Faulty(Fault(name, _("Write at most {most} characters.", most=str(most))))
        if name == "email" and given and not ADDRESS.fullmatch(given):
            raise Faulty(Fault(name, _("That is not a mail address.")))
        if given != known[name]:
            yield f"{_(label)}: {known[name] or '-'} → {given or '-'}"
    if form.get("words"):
        yield words_in(form, _)


def message_command(
    guest: Guest, form: PortalForm, id_: UUID, files: Sequence[str]
) -> FileDebtorMessage:
    """Return what logs a message. Raises ``Faulty``."""
    return _logged(guest, id_, words_in(form, guest.words), files)


def _logged(guest: Guest, id_: UUID, text: str, files: Sequence[str]) -> FileDebtorMessage:
    contact = contact_id(guest, id_, text, files)
    return FileDebtorMessage(
        debtor=guest.debtor.number,
        channel=Channel.PORTAL,
        direction=Direction.IN,
        who=guest.person,
        summary=text,
        time=guest.app.clock().astimezone(guest.session.ledger.zone),
        documents=tuple(dict.fromkeys(files)),
        contact_id=contact,
        awaits_answer=True,
        mail=f"portal/{contact}",
    )
