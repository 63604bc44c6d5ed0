"""A dispute that a debtor raises: the form, the check of it, and what is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.pages.portal.filling import (
    Fault,
    Faulty,
    all_of,
    amount_in,
    contact,
    contact_id,
    form_id,
    own_id,
    preview,
    words_in,
)
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import OnInvoice
from api.pages.portal.kept_files import Kept
from commands.command import Command
from commands.disputes.opening import OpenDispute
from ledger.facts.codes import Reason
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.policy.disputes.detection import detect
from ledger.policy.playbook.in_force import together, wording
from ledger.policy.refusal import Refused

WANTED = {
    "credit": "A credit note",
    "correction": "A corrected invoice",
    "delivery": "That it is delivered after all",
    "explanation": "An explanation",
}
WHOLE, AMOUNT, PERCENT, LINES = HOW_MUCH = ("whole", "amount", "percent", "lines")
FIELDS = {"contested": "amount", "percent": "percent", "lines": "lines", "comment": "words"}


@dataclass(frozen=True)
class Draft:
    """A dispute as it was filled in, and the amount that it is about."""

    form: UUID
    command: OpenDispute
    files: Sequence[Kept]
    wanted: str
    amount: Decimal
    commands: Sequence[Command]


def draft_of(on: OnInvoice, form: PortalForm, files: Sequence[Kept]) -> Draft:
    """Return the dispute of a form. Raises ``Faulty``."""
    _, id_ = on.words, form_id(form, on.words)
    given: dict[str, Any] = {}

    def how_much() -> None:
        given.update(_contested(on, form, _))

    all_of(lambda: words_in(form, _), how_much)
    words, wanted = words_in(form, _), _(WANTED.get(form.get("wanted"), ""))
    text = f"{words}\n\n{_('I ask for: {what}', what=wanted)}" if wanted else words
    try:
        command = OpenDispute(
            invoice=on.invoice.number,
            reason=_reason(on, form, words),
            comment=text,
            case_id=own_id(on.guest, id_, "case"),
            contact_id=contact_id(on.guest, id_, text, [file.sha256 for file in files]),
            **given,
        )
        commands = [*contact(on, id_, text, files, awaits_answer=False), command]
        entries = preview(on.guest, commands, files)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise Faulty(Fault(FIELDS.get(name, "words"), _("This cannot be read."))) from error
    except Refused as error:
        raise Faulty(
            Fault(FIELDS.get(error.field or "", "words"), refusal_text(error, _))
        ) from error
    opened = next((e.event for e in entries if isinstance(e.event, DisputeOpened)), None)
    amount = (opened.contested or opened.disputed) if opened else Decimal(0)
    return Draft(id_, command, files, wanted, amount, commands)


def _reason(on: OnInvoice, form: PortalForm, words: str) -> Reason:
    """Return the chosen reason, else the one that the words sound like."""
    if form.get("reason") in set(Reason):
        return Reason(form.get("reason"))
    rules = on.guest.session.playbook()[1]
    found = detect(words, wording(rules), together(rules))
    return found.reason if found else Reason.OTHER


def _contested(on: OnInvoice, form: PortalForm, _: Translation) -> dict[str, Any]:
    """Return the contested part as the command takes it. Raises ``Faulty``."""
    how, currency = form.get("how"), on.invoice.currency
    if how == WHOLE:
        return {}
    if how == AMOUNT:
        amount = amount_in(form.get("amount"), currency, "amount", _)
        most = on.invoice.amount + on.invoice.charges
        if amount > most:
            text = _("The whole invoice is {amount}.", amount=_.money(most, currency))
            raise Faulty(Fault("amount", text))
        return {"contested": amount}
    if how == PERCENT:
        percent = amount_in(form.get("percent").rstrip("% "), "", "percent", _)
        if percent > 100:
            raise Faulty(Fault("percent", _("Write a percentage from 1 to 100.")))
        return {"percent": percent}
    if how == LINES:
        return {"lines": [*_lines(form, _)]}
    raise Faulty(Fault("how-whole", _("Choose how much of it is not right.")))


def _lines(form: PortalForm, _: Translation) -> Iterator[dict[str, Any]]:
    chosen = form.several.get("line", [])
    if not chosen:
        raise Faulty(Fault("line-0", _("Choose the lines that are not right.")))
    for number in chosen:
        quantity = form.get(f"quantity-{number}")
        some = {"quantity": amount_in(quantity, "", f"quantity-{number}", _)} if quantity else {}
        yield {"number": number, **some}
