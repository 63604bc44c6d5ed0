"""``/a/{token}``: a resolver answers from his mail, without logging in.

GET shows and never changes anything, as mail scanners open links; POST acts. There is no cookie
and no session, so a foreign page has nothing to ride on: the token in the address is the only
right there is, and who does not have it cannot send the form (CSRF is no issue).
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from api.answers.case import Case, Over, look
from api.answers.form import Filled, filled
from api.answers.links import Expired, ForCase, NoSuchLink, case_of
from api.answers.pages import HEADERS, asking, message
from api.dispute_running import decide_run
from api.http.asking import TheOffice
from api.http.context import asked
from api.http.disputes_write import parts_of
from api.http.documents import as_download, found
from api.http.office import Office
from api.http.problems import TYPES, Problem
from api.wiring import Desk
from commands.command import Now, Refused, Unknown
from commands.dispute_answers import Said, answered
from commands.handling import Context, persist
from ledger import documents
from ledger.events import Entry
from ledger.invoice_events import ResolverAnswered, ResolverChanged

router = APIRouter(include_in_schema=False)
NOTHING: dict[str, str] = {}


@router.get("/a/{token}")
async def show(token: str, request: Request, office: TheOffice) -> Response:
    try:
        opened = await _open(office, token)
        case = await office.in_thread(opened.look)
    except (NoSuchLink, Expired, Over) as error:
        return _closed(error)
    return asking(case, request.url.path, NOTHING)


@router.post("/a/{token}")
async def answer(token: str, request: Request, office: TheOffice) -> Response:
    try:
        opened = await _open(office, token)
        case = await office.in_thread(opened.look)
        form = await filled(request)
    except (NoSuchLink, Expired, Over) as error:
        return _closed(error)
    except Problem as problem:
        status, title = TYPES[problem.slug]
        return message(title, problem.detail, status=status)
    try:
        said = form.said([part.invoice.number for part in case.parts])
        entries = await office.in_thread(lambda: opened.record(form, said))
    except Over as error:
        return _closed(error)
    except ValidationError as error:
        wrong = [f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
        return asking(case, request.url.path, form.fields, *wrong, status=422)
    except (Refused, ValueError) as error:
        return asking(case, request.url.path, form.fields, str(error), status=422)
    return message("Thank you: your answer is recorded", *_recorded(said, entries))


@router.get("/a/{token}/documents/{sha256}")
async def document(token: str, sha256: str, office: TheOffice) -> Response:
    """A document that the page names."""
    try:
        opened = await _open(office, token)
        case = await office.in_thread(opened.look)
        number = next(one.invoice for one in case.documents if one.sha256 == sha256)
        content, name, media_type = await office.in_thread(
            lambda: found(opened.desk, number, sha256)
        )
    except (NoSuchLink, Expired, Over) as error:
        return _closed(error)
    except (StopIteration, Unknown):
        return message("There is no such document", status=404)
    return as_download(content, name, media_type, sha256, HEADERS)


@dataclass(frozen=True)
class Opened:
    """A link that is good, and the invoices of its case."""

    desk: Desk
    link: ForCase
    invoices: list[str]

    def look(self) -> Case:
        return look(self.desk, self.link, self.invoices)

    def record(self, form: Filled, said: Said) -> list[Entry]:
        """What was said, once for each form. Raises ``Refused`` or ``Over``."""
        desk, at = self.desk, self.desk.clock()
        resolver, cause = self.link.resolver, f"answer/{form.form}"
        context = Context(resolver, at, asked().id, cause, "link")
        now = Now(desk.ledger.today(at), resolver)
        if form.content:
            with desk.pool.connection() as conn:
                documents.keep(conn, desk.tenant, form.content, form.media_type)

        def attempt() -> list[Entry]:
            case = self.look()
            invoices = [part.invoice for part in case.parts]
            wishes = list(answered(invoices, self.link.case, said, case.rules, now))
            entries = decide_run(desk.ledger, wishes, context)
            if _asked_another(entries, case):
                raise Over(403, "Somebody else was asked to solve this.")
            return entries

        return persist(desk.ledger, attempt)


async def _open(office: Office, token: str) -> Opened:
    """Raises ``NoSuchLink`` or ``Expired``."""
    link = await office.in_thread(lambda: case_of(office.pool, token, office.clock()))
    rows = await parts_of(office, link.tenant, link.case)
    if not rows:
        raise NoSuchLink
    desk = await office.in_thread(lambda: office.desk(link.tenant))
    return Opened(desk, link, [row.invoice for row in rows])


def _asked_another(entries: list[Entry], case: Case) -> bool:
    """Between our look and the decision."""
    told = {e.event.resolver for e in entries if isinstance(e.event, ResolverAnswered)}
    return not told <= {part.dispute.resolver for part in case.parts}


def _closed(error: NoSuchLink | Expired | Over) -> Response:
    match error:
        case Over():
            return message(str(error), "There is nothing more to answer.", status=error.status)
        case Expired():
            words = "Answer the mail it came with, or ask for a new link."
            return message("This link is too old", words, status=410)
        case NoSuchLink():
            return message("There is no such page", "Is the link whole?", status=404)


def _recorded(said: Said, entries: list[Entry]) -> list[str]:
    lines = [f"You said: {said.answer.replace('_', ' ')}."]
    if said.follow_up_on and not said.outcome:
        lines += [f"We look at it again on {said.follow_up_on}."]
    changed = {e.event.resolver for e in entries if isinstance(e.event, ResolverChanged)}
    lines += [f"{resolver} is asked to solve it." for resolver in sorted(changed)]
    if said.text:
        lines += [said.text]
    return lines
