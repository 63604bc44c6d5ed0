"""A dispute that a person is about to open: the form, its commands, and what they would do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.inbox import manual_entry
from api.pages.desk.acts import Act, Commands, Field, Unfit
from api.pages.desk.frame import reader
from api.pages.kit.posted import Posted
from api.pages.kit.visitor import Visitor
from api.postman.dry_run import EmailText, email_texts
from api.postman.templates import BadTemplate
from commands.command import Command
from commands.context import Context, Overrides
from commands.disputes.opening import OpenDispute
from commands.execute import UnitOfWork, preview
from commands.inbox.triage import AssignInbound
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event
from ledger.facts.codes import Channel
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked
from ledger.policy.amount_text import read_amount
from ledger.policy.refusal import NotFound
from projections.inbox import InboxRow


@dataclass
class Draft:
    """A dispute to open: its address, the message it comes from, and the chosen invoices."""

    visitor: Visitor
    address: str
    message: InboxRow | None
    chosen: dict[str, Invoice]
    back: str
    given: Posted
    unknown: str = ""  # a number that names no invoice they may see

    @property
    def debtor(self) -> str:
        return next((invoice.debtor for invoice in self.chosen.values()), "")


@dataclass
class Trial:
    """What opening it would do: sentences of the entries, the mails, and who would be asked."""

    effects: list[str] = field(default_factory=list)
    mails: list[tuple[EmailText, str]] = field(default_factory=list)  # and their language
    asked: ResolverAssigned | None = None


def _openings(draft: Draft, form: Posted) -> Commands:
    """Return a command for each invoice, of one case; the message is filed before them."""
    words = draft.visitor.words
    if draft.unknown:
        no_invoice = NotFound("no-invoice", invoice=draft.unknown)
        raise Unfit({"invoice": refusal_text(no_invoice, words)})
    if not draft.chosen:
        raise Unfit({"invoice": words("This is needed.")})
    case = uuid4()
    mail = draft.message.mail if draft.message else ""
    shared = {
        "case_id": case,
        "reason": form.get("reason") or None,
        "comment": form.get("comment", ""),
        "raised_on": form.get("raised_on") or None,
        "contact_id": contact_id_of(mail) if mail else None,
    }
    openings = [
        OpenDispute.model_validate({"invoice": number, **shared, **_part(book, form, words)})
        for number, book in draft.chosen.items()
    ]
    logged = draft.message.invoices if draft.message else []
    unfiled = tuple(number for number in draft.chosen if number not in logged)
    if not mail or not unfiled:
        return openings
    file = manual_entry.assign_plan(
        draft.visitor.tenant, AssignInbound(mail=mail, invoices=(*logged, *unfiled))
    )

    def plan(work: UnitOfWork) -> Iterator[Command]:
        yield from file(work)
        yield from openings

    return plan


def _part(invoice: Invoice, form: Posted, words: Translation) -> dict[str, Any]:
    """Return the disputed part of an invoice: lines, a percentage, an amount, or all of it."""
    name = f"part-{invoice.number}"
    if lines := form.several.get(f"line-{invoice.number}"):
        return {"lines": tuple({"number": line} for line in lines)}
    text = form.get(name, "")
    if not text:
        return {}
    is_percent = text.endswith("%")
    amount = read_amount(text.rstrip("% "), "" if is_percent else invoice.currency, field=name)
    if is_percent and not 0 < amount <= 100:
        raise Unfit({name: words("A percentage is more than 0 and at most 100.")})
    return {"percent" if is_percent else "contested": amount}


NEW_DISPUTE = Act(
    "disputes",
    "Open a dispute",
    "Open the dispute",
    "dispute",
    "Follow-up of the disputed amount pauses. The playbook asks the resolver and confirms receipt"
    " to the debtor.",
    (
        Field("reason", "Reason", required=True),
        Field("comment", "What they say, in their words", required=True),
        Field("raised_on", "They complained on"),
    ),
    _openings,
)


def overrides_of(form: Posted, draft: Draft) -> Overrides:
    """Return what replaces the playbook's suggestions. Raises ``Unfit``."""
    day = form.get("follow_up_on", "")
    try:
        follow_up_on = date.fromisoformat(day) if day else None
    except ValueError:
        words = draft.visitor.words
        label = words("Answer by")
        fault = words("“{field}” cannot be read.", field=label)
        raise Unfit({"follow_up_on": fault}) from None
    return Overrides(form.get("resolver") or None, form.get("expected", ""), follow_up_on)


def tried(draft: Draft, commands: Commands, context: Context) -> Trial:
    """Return what the commands would do. A template that cannot be filled in shows no mail."""
    session = draft.visitor.tenant
    entries = preview(session.ledger, commands, context)
    try:
        mails = [*zip(email_texts(session, entries), _languages(entries), strict=True)]
    except BadTemplate:
        mails = []
    shown = [entry for entry in entries if kind_of_event(entry.event) in (INVOICE, DEBTOR)]
    asked = (entry.event for entry in entries if isinstance(entry.event, ResolverAssigned))
    return Trial(
        [reader(draft.visitor).sentence(entry.event) for entry in shown], mails, next(asked, None)
    )


def _languages(entries: Sequence[Entry]) -> list[str]:
    asked = (entry.event for entry in entries if isinstance(entry.event, MessageAsked))
    return [event.language for event in asked if event.channel is Channel.EMAIL]
