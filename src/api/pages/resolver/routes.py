"""``/a/{token}``: a resolver or an approver answers from their mail, without logging in.

GET changes nothing, as mail scanners open links; POST records. The token in the address is the only
right: there is no cookie and no session, so CSRF is no issue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.kit.cases import parts_of
from api.http.kit.uploads import MAX_BYTES, as_download, document_of
from api.http.server.middleware import current
from api.http.server.problems import TYPES, Problem
from api.http.server.state import AppState
from api.i18n.translate import Translation, translation_for
from api.links.link import CaseLink, Expired, NoSuchLink
from api.links.tokens import case_of
from api.pages.kit.form import FilledForm, filled
from api.pages.kit.html import HEADERS, notice_page
from api.pages.kit.limits import TOO_OFTEN, LinkLimits, take_bytes
from api.pages.resolver.case import Case, LinkClosed, load_case, to_approve, to_solve, waiting
from api.pages.resolver.page import case_page
from api.session import TenantSession
from commands.command import Command
from commands.context import Reactions
from commands.disputes.approvals import approver_decision
from commands.disputes.resolver_answers import answer_commands
from commands.execute import UnitOfWork, execute, preview
from ledger.database import documents
from ledger.facts.books import INVOICE, PLAYBOOK
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import CreditPassedOn, FollowUpDateMoved, ResolverChanged
from ledger.facts.playbook import NUMBER
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.visibility import EVERYTHING

router = APIRouter(include_in_schema=False)
NOTHING: dict[str, str] = {}
APPROVE, REFUSE = DECISIONS = ("approve", "refuse")
ANSWERS = {
    "solved": "It is solved",
    "not_solved": "It is not solved yet",
    "not_mine": "It is not for me",
    "approve": "I approve it",
    "refuse": "I do not approve it",
}
LABELS = {
    "outcome": "How",
    "root_cause": "What went wrong on our side",
    "credited": "To credit",
    "text": "What else we should know",
    "why": "Why",
    "follow_up_on": "It will be solved on",
    "who": "Who should be asked (e-mail address or name)",
}


@router.get("/a/{token}")
async def show(token: str, request: Request, app: TheApp) -> Response:
    try:
        opened = await _open(app, token, request.app.state.links)
        case = await app.run_in_thread(opened.look)
    except (NoSuchLink, Expired, LinkClosed) as error:
        return _closed(translation_for(request), error)
    except Problem as problem:
        return _unread(translation_for(request), problem)
    return case_page(_words(request, case), case, request.url.path, NOTHING)


@router.post("/a/{token}")
async def answer(token: str, request: Request, app: TheApp) -> Response:
    try:
        opened = await _open(app, token, request.app.state.links)
        case = await app.run_in_thread(opened.look)
        form = await filled(request)
    except (NoSuchLink, Expired, LinkClosed) as error:
        return _closed(translation_for(request), error)
    except Problem as problem:
        return _unread(translation_for(request), problem)
    _ = _words(request, case)
    try:
        entries = await app.run_in_thread(lambda: opened.record(form))
    except LinkClosed as error:
        return _closed(_, error)
    except ValidationError as error:
        wrong = [_(LABELS.get(str(fault["loc"][0]), "")) for fault in error.errors()]
        wrong = [_("“{field}” cannot be read.", field=field) for field in wrong if field]
        wrong = wrong or [_("Send the form of the page.")]
    except Refused as error:
        wrong = [_.refused(error)]
    except ValueError:
        wrong = [_("Send the form of the page.")]
    else:
        thanks = _("Thank you: your answer is recorded")
        return notice_page(thanks, *_recorded(_, form, case, entries), lang=_.language)
    return case_page(_, case, request.url.path, form.fields, *wrong, status=422)


@router.get("/a/{token}/documents/{sha256}")
async def document(token: str, sha256: str, request: Request, app: TheApp) -> Response:
    """Send a document that the page names."""
    _ = translation_for(request)
    try:
        opened = await _open(app, token, request.app.state.links)
        case = await app.run_in_thread(opened.look)
        number = next(file.invoice for file in case.documents if file.sha256 == sha256)
        content, name, media_type = await app.run_in_thread(
            lambda: document_of(opened.session, number, sha256, EVERYTHING)
        )
    except (NoSuchLink, Expired, LinkClosed) as error:
        return _closed(_, error)
    except Problem as problem:
        return _unread(_, problem)
    except (StopIteration, NotFound):
        return notice_page(_("There is no such document"), status=404, lang=_.language)
    return as_download(content, name, media_type, sha256, HEADERS)


@dataclass(frozen=True)
class Opened:
    """A valid link, and the invoices of its case."""

    session: TenantSession
    link: CaseLink
    invoices: list[str]

    def look(self) -> Case:
        return load_case(self.session, self.link, self.invoices)

    def record(self, form: FilledForm) -> Sequence[Entry]:
        """Record the answer once. Raises ``Refused``, ``ValueError`` or ``LinkClosed``."""
        session, plan = self.session, partial(self._plan, form)
        context = session.context(
            self.link.resolver,
            correlation=current().id,
            causation=form.cause,
            via="link",
            reactions=Reactions.ALWAYS,
        )
        if form.content and preview(session.ledger, plan, context):
            self._keep(form)
        return execute(session.ledger, plan, context).entries

    def _keep(self, form: FilledForm) -> None:
        """Store the document of an answer that will be recorded. Raises ``Refused``."""
        session, sender = self.session, f"link {self.link.case} {self.link.resolver}"
        if not take_bytes(session, len(form.content), {"DOSSIER_LINK_BYTES": sender}):
            raise Refused("link-quota", "file")
        with session.pool.connection() as conn:
            documents.save(conn, session.tenant, form.content, form.media_type)

    def _plan(self, form: FilledForm, work: UnitOfWork) -> Iterator[Command]:
        """Yield the commands of the form, by the present states. Raises ``LinkClosed``."""
        work.assert_unchanged(PLAYBOOK, NUMBER)
        link, answer = self.link, form.fields.get("answer")
        is_asked = to_approve if answer in DECISIONS else to_solve
        states = [work.state(INVOICE, number) for number in self.invoices]
        invoices = [invoice for invoice in waiting(states, link) if is_asked(invoice, link)]
        if not invoices:
            raise LinkClosed(403, "Nothing is asked of you here any more")
        if answer in DECISIONS:
            why = form.fields.get("text", "")
            yield from approver_decision(invoices, link.case, answer == APPROVE, why)
        else:
            command = form.to_command(invoices)
            yield from answer_commands(invoices, link.case, command, work.rules, work.now)


async def _open(app: AppState, token: str, limits: LinkLimits) -> Opened:
    """Raises ``NoSuchLink`` or ``Expired``, or ``Problem`` when it is opened too often."""
    link = await app.run_in_thread(lambda: case_of(app.pool, token, app.clock()))
    limits.take(link)
    rows = await parts_of(app, link.tenant, link.case)
    if not rows:
        raise NoSuchLink
    session = await app.run_in_thread(lambda: app.session(link.tenant))
    return Opened(session, link, [row.invoice for row in rows])


def _words(request: Request, case: Case) -> Translation:
    return translation_for(request, case.rules.calendar.country)


def _closed(_: Translation, error: NoSuchLink | Expired | LinkClosed) -> Response:
    match error:
        case LinkClosed():
            lines, status = [_(error.why), _("There is nothing more to answer.")], error.status
        case Expired():
            advice = _("Answer the mail it came with, or ask for a new link.")
            lines, status = [_("This link is too old"), advice], 410
        case NoSuchLink():
            lines, status = [_("There is no such page"), _("Is the link complete?")], 404
    return notice_page(*lines, status=status, lang=_.language)


def _unread(_: Translation, problem: Problem) -> Response:
    status, _title = TYPES[problem.slug]
    if problem.slug == "too-many-requests":
        return notice_page(_(TOO_OFTEN), status=status, lang=_.language)
    why = _("Send the form of the page.")
    if problem.slug == "too-large":
        why = _("At most {bytes} bytes.", bytes=f"{MAX_BYTES:,}")
    return notice_page(_("That could not be read"), why, status=status, lang=_.language)


def _recorded(_: Translation, form: FilledForm, case: Case, entries: Sequence[Entry]) -> list[str]:
    lines = [_("Your answer: {answer}.", answer=_(ANSWERS[form.fields["answer"]]))]
    currencies = {part.invoice.number: part.invoice.currency for part in case.to_solve}
    for number, credit in form.credited([part.invoice for part in case.to_solve]).items():
        amount = _.money(credit, currencies[number])
        lines += [_("To credit on invoice {invoice}: {amount}.", invoice=number, amount=amount)]
    for entry in entries:
        match entry.event:
            case FollowUpDateMoved(follow_up_on=day):
                lines += [_("We look at it again on {day}.", day=_.day(day))]
            case ResolverChanged(resolver=who):
                lines += [_("{who} is asked to solve it.", who=who)]
            case CreditPassedOn(approver=who):
                lines += [_("{who} is asked to approve it.", who=who)]
    text = form.fields.get("text", "")
    return [*dict.fromkeys(lines), *([text] if text else [])]
