"""``…/dispute`` and ``…/disputes/{case}``: a debtor raises a dispute, and sees its course."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.i18n.refusals import refusal_text
from api.pages.kit.site import see_other
from api.pages.portal.bill import Bill, short
from api.pages.portal.dispute import HOW_MUCH, WANTED, Draft, draft_of
from api.pages.portal.door import Acting, Looking, Sending
from api.pages.portal.errors import PortalRoute
from api.pages.portal.filling import Fault, Faulty, contact, form_id, record, words_in
from api.pages.portal.forms import PortalForm
from api.pages.portal.guest import PORTAL, OnInvoice
from api.pages.portal.kept_files import Kept, keep, sealed, unsealed
from api.pages.portal.views import page
from commands.command import Command
from ledger.facts.codes import Reason
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.policy import business_days
from ledger.policy.disputes.reopening import reopenable_by_reply
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(include_in_schema=False, route_class=PortalRoute)
LINK, SIGNED = "/i/{token}", "/portal/{tenant}/invoices/{invoice}"
NOTHING = PortalForm({}, {})
Sent = Annotated[str, Query(max_length=20)]


@router.get(f"{LINK}/dispute")
@router.get(f"{SIGNED}/dispute")
async def ask(on: Looking) -> Response:
    """Show the form of a dispute."""
    return await on.guest.run(lambda: _form(on, NOTHING))


@router.post(f"{LINK}/dispute")
@router.post(f"{SIGNED}/dispute")
async def send(acting: Sending) -> Response:
    """Show what was filled in to check it, to change it again, or record it."""
    return await acting.on.guest.run(lambda: _sent(acting))


@router.get(f"{LINK}/disputes/{{case}}")
@router.get(f"{SIGNED}/disputes/{{case}}")
async def course(on: Looking, case: UUID, sent: Sent = "") -> Response:
    """Show how it stands with a dispute, and what happens next."""
    return await on.guest.run(lambda: _case(on, case, sent))


@router.post(f"{LINK}/disputes/{{case}}")
@router.post(f"{SIGNED}/disputes/{{case}}")
async def reply(acting: Sending, case: UUID) -> Response:
    """Record what the debtor adds to a dispute, or answers to our outcome."""
    return await acting.on.guest.run(lambda: _replied(acting, case))


def _sent(acting: Acting) -> Response:
    on, form = acting.on, acting.form
    files = unsealed(on.guest, form.get("kept"))
    try:
        files += keep(on.guest, form.files)
    except Refused as error:
        return _form(on, form, files, Fault("files", refusal_text(error, on.words)))
    if form.get("step") == "change":
        return _form(on, form, files)
    try:
        draft = draft_of(on, form, files)
        if form.get("step") != "send":
            return _check(on, form, draft)
        record(on.guest, draft.form, draft.commands, files)
    except Faulty as error:
        return _form(on, form, files, *error.faults)
    return see_other(f"{on.path}/disputes/{draft.command.case_id}?sent=report")


def _form(on: OnInvoice, form: PortalForm, files: Sequence[Kept] = (), *wrong: Fault) -> Response:
    _, invoice = on.words, on.invoice
    rules = on.guest.session.playbook()[1]
    return page(
        on.guest,
        "dispute",
        _("What is not right with invoice {invoice}?", invoice=invoice.number),
        422 if wrong else 200,
        on=on,
        bill=Bill(invoice, on.guest.today, _),
        given=form.fields,
        chosen=form.several.get("line", []),
        form_id=form.get("form") or uuid4(),
        files=files,
        kept=sealed(on.guest, files),
        reasons=[(r.value, rules.handling(r).name or _.code(r)) for r in Reason],
        wanted=WANTED,
        wrong=wrong,
    )


def _check(on: OnInvoice, form: PortalForm, draft: Draft) -> Response:
    _, invoice, command = on.words, on.invoice, draft.command
    bill = Bill(invoice, on.guest.today, _)
    known = {line.number: line.description or line.number for line in invoice.lines}
    shown = ("form", "reason", "words", "how", "wanted", *HOW_MUCH)
    fields = [(name, value) for name, value in form.fields.items() if name in shown]
    fields += [("line", number) for number in form.several.get("line", [])]
    fields += [(n, value) for n, value in form.fields.items() if n.startswith("quantity-")]
    rest = max(bill.to_pay - draft.amount, type(draft.amount)(0))
    facts: dict[str, Any] = {
        "on": on,
        "bill": bill,
        "draft": draft,
        "amount": bill.money(draft.amount),
        "rest": bill.money(rest) if rest else "",
        "quote": form.get("words"),
        "reason": on.guest.session.playbook()[1].handling(command.reason).name
        or _.code(command.reason),
        "lines": [(known.get(line.number, ""), line.quantity) for line in command.lines],
        "fields": fields,
        "kept": sealed(on.guest, draft.files),
    }
    return page(on.guest, "check", _("Is this right?"), **facts)


def _case(
    on: OnInvoice, case: UUID, sent: str = "", form: PortalForm = NOTHING, *wrong: Fault
) -> Response:
    dispute, _ = on.invoice.disputes.get(case), on.words
    if dispute is None or not dispute.opened:
        raise NotFound("no-dispute", case=case)
    rules = on.guest.session.playbook()[1]
    opened = dispute.open_since or dispute.opened_on or on.guest.today
    within = rules.handling(dispute.reason).resolve_within
    bill = Bill(on.invoice, on.guest.today, _)
    mine = [e for e in on.seen if getattr(e.event, "case_id", None) == case]
    endings = [e.event for e in mine if isinstance(e.event, DisputeResolved)]
    opened_here = (e.event for e in mine if e.via == PORTAL)
    own = [e.comment for e in opened_here if isinstance(e, DisputeOpened)]  # not a later comment
    return page(
        on.guest,
        "case",
        _("Your report {number}", number=short(case)),
        422 if wrong else 200,
        on=on,
        bill=bill,
        case=dispute,
        number=short(case),
        reason=rules.handling(dispute.reason).name or _.code(dispute.reason),
        amount=bill.money(dispute.original),
        by=business_days.add(opened, within, rules.calendar),
        ended=endings[-1] if endings else None,
        quote=own[0] if own else "",
        sent=sent,
        given=form.fields,
        form_id=uuid4(),
        wrong=wrong,
    )


def _replied(acting: Acting, case: UUID) -> Response:
    on, form = acting.on, acting.form
    dispute = on.invoice.disputes.get(case)
    if dispute is None or not dispute.opened:
        raise NotFound("no-dispute", case=case)
    try:
        id_, words = form_id(form, on.words), words_in(form, on.words)
        files = keep(on.guest, form.files)
        text = on.words("About report {number}: {words}", number=short(case), words=words)
        record(on.guest, id_, _about(on, case, contact(on, id_, text, files)), files)
    except Faulty as error:
        return _case(on, case, "", form, *error.faults)
    except Refused as error:
        return _case(on, case, "", form, Fault("words", refusal_text(error, on.words)))
    return see_other(f"{on.path}/disputes/{case}?sent=reply")


def _about(on: OnInvoice, case: UUID, commands: Sequence[Command]) -> list[Command]:
    """Let the contact name a dispute that was resolved shortly before, which it may reopen."""
    rules = on.guest.session.playbook()[1]
    resolved = reopenable_by_reply(on.invoice, rules, on.guest.today)
    first, *others = commands
    if resolved is not None and resolved.case_id == case:
        first = first.model_copy(update={"resolved_case": case})
    return [first, *others]
