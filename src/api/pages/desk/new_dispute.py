"""Opening a dispute in one form: what is disputed, what they say, who solves it, and the mails.

It is about invoices of one debtor, and may come from a message of the inbox, which is filed with
it. What the playbook suggests is shown by a preview of the same commands before they are recorded.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.command_routes import visible_book
from api.http.kit.read_endpoint import ReadRequest
from api.i18n.refusals import refusal_text
from api.pages.desk.act_routes import SENT_ALREADY, context_of, once_of
from api.pages.desk.acts import Unfit, checked
from api.pages.desk.dispute_draft import NEW_DISPUTE, Draft, Trial, overrides_of, tried
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import Posted
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Visitor, Worker, visitor
from commands.conditions import KeyReused
from commands.context import Reactions
from commands.execute import execute
from ledger.facts.books import DEBTOR, INVOICE, book_id, kind_of_event
from ledger.facts.codes import Reason
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.refusal import NotFound, Refused
from projections import inbox, invoices
from projections.inbox import InboxRow
from projections.invoices import INVOICES, InvoiceRow

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Actor = Annotated[Visitor, visitor(Role.COLLECTOR)]
Back = Annotated[str, Query(max_length=2000)]
ROWS = 50
REASONS = tuple((reason.value, reason.value) for reason in Reason)


@router.get("/invoices/{invoice}/disputes")
async def of_invoice(visitor: Actor, invoice: UUID, back: Back = "") -> Response:
    """Show the form about an invoice."""
    return await _form(await _about_invoice(visitor, invoice, back, _asked(visitor)))


@router.post("/invoices/{invoice}/disputes")
async def open_of_invoice(visitor: Worker, invoice: UUID) -> Response:
    """Open the dispute, or show what it would do."""
    form = visitor.form
    return await _carry_out(await _about_invoice(visitor, invoice, form.pop("back", ""), form))


@router.get("/inbox/{message}/dispute")
async def of_message(visitor: Actor, message: UUID, back: Back = "/inbox") -> Response:
    """Show the form about a message that waits."""
    return await _form(await _about_message(visitor, message, back, _asked(visitor)))


@router.post("/inbox/{message}/dispute")
async def open_of_message(visitor: Worker, message: UUID) -> Response:
    """File the message and open the dispute, or show what it would do."""
    form = visitor.form
    return await _carry_out(await _about_message(visitor, message, form.pop("back", ""), form))


def _asked(visitor: Visitor) -> Posted:
    """Return what the address gives for the form."""
    given = Posted(visitor.request.query_params)
    given.several = {"invoice": visitor.request.query_params.getlist("invoice")}
    return given


async def _about_invoice(visitor: Visitor, id_: UUID, back: str, given: Posted) -> Draft:
    book = await visible_book(visitor.app, visitor.key, INVOICE, id_)
    if book is None:
        raise NotFound("no-invoice", invoice=id_)
    numbers = given.several.get("invoice") or [book.number]
    address = f"/invoices/{id_}/disputes"
    return await _draft(visitor, address, None, numbers, local(back), given)


async def _about_message(visitor: Visitor, id_: UUID, back: str, given: Posted) -> Draft:
    key = visitor.key
    rows = await visitor.app.query(inbox.get(key.tenant_id, id_))
    if not rows or not key.scope.is_everything:
        raise NotFound("no-mail", mail=id_)
    given.setdefault("comment", rows[0].text)
    numbers = given.several.get("invoice") or rows[0].invoices
    address = f"/inbox/{id_}/dispute"
    return await _draft(visitor, address, rows[0], numbers, local(back, "/inbox"), given)


async def _draft(
    visitor: Visitor,
    address: str,
    message: InboxRow | None,
    numbers: Sequence[str],
    back: str,
    given: Posted,
) -> Draft:
    """Return the draft with the invoices of these numbers that the person may see."""
    chosen, unknown = dict[str, Invoice](), ""
    for number in [*dict.fromkeys(filter(None, numbers))][:ROWS]:
        id_ = book_id(visitor.key.tenant_id, INVOICE.name, number)
        if book := await visible_book(visitor.app, visitor.key, INVOICE, id_):
            chosen[number] = book
        else:
            unknown = unknown or number
    return Draft(visitor, address, message, chosen, back, given, unknown)


async def _carry_out(draft: Draft) -> Response:
    """Record the form once, or show what it would do."""
    visitor, form = draft.visitor, draft.given
    checks = form.pop("check", "")
    once = once_of(visitor, draft.address, form)
    try:
        commands = checked(NEW_DISPUTE, draft, form, visitor.words)
        context = context_of(
            visitor,
            reactions=Reactions.NONE if form.get("alone") else Reactions.IF_APPLIED,
            overrides=overrides_of(form, draft),
            once=None if checks else once,
        )
        if checks:
            trial = await visitor.app.run_in_thread(lambda: tried(draft, commands, context))
            return await _form(draft, trial=trial)
        receipt = await visitor.app.run_in_thread(
            lambda: execute(visitor.tenant.ledger, commands, context)
        )
    except Unfit as unfit:
        return await _form(draft, unfit.faults, status=422)
    except (Refused, NotFound) as error:
        return await _form(
            draft, {error.field or "": refusal_text(error, visitor.words)}, status=409
        )
    except KeyReused:
        return await _form(draft, {"": visitor.words(SENT_ALREADY)}, status=409)
    sign = "&" if "?" in draft.back else "?"
    position = next(
        (line.position for line in receipt.entries if kind_of_event(line.event) is INVOICE),
        receipt.position,
    )
    return see_other(f"{draft.back}{sign}did={position}&at_least={receipt.position}")


async def _form(
    draft: Draft,
    faults: Mapping[str, str] | None = None,
    trial: Trial | None = None,
    status: int = 200,
) -> Response:
    visitor, key = draft.visitor, draft.visitor.key
    rows: list[InvoiceRow] = []
    if draft.debtor:
        query = invoices.find(
            key.tenant_id, {"debtor": draft.debtor}, limit=ROWS, only_open=True, scope=key.scope
        )
        rows = await ReadRequest(visitor.request, visitor.app, 0).rows(key, query, INVOICES)
    listed = {row.number for row in rows}
    others = [book for number, book in draft.chosen.items() if number not in listed]
    debtor = await _debtor(visitor, draft.debtor)
    _, rules = await visitor.app.run_in_thread(visitor.tenant.playbook)
    facts = {
        "draft": draft,
        "given": draft.given,
        "faults": faults or {},
        "trial": trial,
        "rows": [*others, *(row for row in rows if row.open_amount > 0)],
        "lines": {number: book.lines for number, book in draft.chosen.items()},
        "ticked": {
            number: set(draft.given.several.get(f"line-{number}", ())) for number in draft.chosen
        },
        "reasons": REASONS,
        "resolvers": _resolvers(rules),
        "debtor_name": debtor.name if debtor and debtor.name else draft.debtor,
        "act": NEW_DISPUTE,
    }
    here = "inbox" if draft.message else "invoices"
    return await desk_page(visitor, "desk/new_dispute.html", here, facts, status)


async def _debtor(visitor: Visitor, number: str) -> Debtor | None:
    id_ = book_id(visitor.key.tenant_id, DEBTOR.name, number)
    return await visible_book(visitor.app, visitor.key, DEBTOR, id_) if number else None


def _resolvers(rules: Rules) -> list[str]:
    """Return whom the playbook names as resolvers, each once."""
    policies = (rules.disputes, *map(rules.handling, rules.reasons))
    return sorted({rule.resolver for policy in policies for rule in policy.resolvers})
