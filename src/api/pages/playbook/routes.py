"""``/playbook``: the rules in force, their versions, and new rules tried and applied."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.clock.tick import assign_collectors, decide_pauses
from api.http.server.middleware import current
from api.i18n.refusals import refusal_text
from api.pages.desk.frame import desk_page, reader
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Admin, Reader, Visitor, WritingAdmin, WritingVisitor
from api.pages.playbook.readable import Readable
from api.pages.playbook.trial import Trial, amounts, numbers, try_out
from api.pages.playbook.versions import Faulty, FaultyLine, checked_rules, versions_of
from commands.conditions import KeyReused, Moved
from commands.context import Once
from commands.execute import UnitOfWork, execute
from commands.playbook import ApplyPlaybook
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.yaml_file import diff_lines, to_yaml
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Number = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
OLD = "Somebody applied another version meanwhile. Copy your text, and open the rules again."
SENT = "This form was sent already. Look at the rules before you send it again."


@dataclass(frozen=True)
class Draft:
    """The text of new rules in the form, and what was found out about it."""

    text: str
    version: int  # it was made of
    why: str = ""
    fault: FaultyLine | None = None
    trial: Trial | None = None


@router.get("/playbook")
async def show_playbook(
    visitor: Reader, version: Number = None, applied: Number = None
) -> Response:
    """Show the rules in force, or those of an earlier version."""
    versions = await versions_of(visitor)
    last = versions[-1].number
    shown = last if version is None else version
    if shown > last:
        raise NotFound("no-playbook-version", version=shown)
    found, words = versions[shown], visitor.words
    facts: dict[str, Any] = {
        "version": found,
        "versions": versions[::-1],
        "is_last": shown == last,
        "rules": found.rules,
        "readable": Readable(found.rules, reader(visitor)),
        "lines": diff_lines(versions[shown - 1].rules, found.rules)[2:] if shown else [],
    }
    if applied == last:
        facts["done"] = words("Version {number} is in force.", number=str(last))
    return await desk_page(visitor, "playbook/rules.html", "playbook", facts)


@router.get("/playbook/draft")
async def write_draft(visitor: Admin, version: Number = None) -> Response:
    """Show the rules in force as text, to be changed; or those of an earlier version."""
    versions = await versions_of(visitor)
    last = versions[-1].number
    shown = last if version is None else version
    if shown > last:
        raise NotFound("no-playbook-version", version=shown)
    return await _form(visitor, Draft(to_yaml(versions[shown].rules), last))


@router.post("/playbook/simulations")
async def simulate_draft(visitor: WritingAdmin) -> Response:
    """Show what the rules of the form would have changed in the last 90 days."""
    draft = _draft(visitor)
    try:
        rules = checked_rules(draft.text, visitor.words)
    except Faulty as error:
        return await _faulty(visitor, draft, error.fault)
    session, today = visitor.tenant, visitor.today()
    trial = await visitor.app.run_in_thread(partial(try_out, session, rules, today))
    return await _form(visitor, Draft(draft.text, draft.version, draft.why, trial=trial))


@router.post("/playbook/versions")
async def apply_draft(visitor: WritingAdmin) -> Response:
    """Apply the rules of the form from today."""
    draft, words = _draft(visitor), visitor.words
    try:
        rules = checked_rules(draft.text, words)
        version = await visitor.app.run_in_thread(partial(_apply, visitor, draft, rules))
    except Faulty as error:
        return await _faulty(visitor, draft, error.fault)
    except Refused as error:
        return await _faulty(visitor, draft, FaultyLine(refusal_text(error, words)), 409)
    except Moved:
        return await _faulty(visitor, draft, FaultyLine(words(OLD)), 409)
    except KeyReused:
        return await _faulty(visitor, draft, FaultyLine(words(SENT)), 409)
    return see_other(f"/playbook?applied={version}")


def _draft(visitor: WritingVisitor) -> Draft:
    form = visitor.form
    version = form.get("version", "")
    made_of = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return Draft(form.get("rules", ""), made_of, form.get("why", ""))


def _apply(visitor: WritingVisitor, draft: Draft, rules: Rules) -> int:
    """Apply the rules, once for each form. Return the version in force."""
    session, key = visitor.tenant, visitor.key
    context = session.context(
        key.name,
        correlation=current().id,
        via=str(key.key_id),
        scope=key.scope,
        once=_once(visitor, draft),
        expected_line=draft.version,
    )
    execute(session.ledger, [ApplyPlaybook(rules=rules, why=draft.why)], context)
    decide_pauses(session)
    assign_collectors(session)
    return session.playbook()[0].version


def _once(visitor: WritingVisitor, draft: Draft) -> Once | None:
    """Return the condition that this form, by its own id, is applied once."""
    try:
        id_ = UUID(visitor.form.get("form", ""))
    except ValueError:
        return None
    content = repr((draft.text, draft.version, draft.why))

    def answer(work: UnitOfWork) -> tuple[int, str]:
        return 303, ""

    return Once(f"{visitor.key.key_id}/{id_}", sha256(content.encode()).hexdigest(), answer)


async def _faulty(visitor: Visitor, draft: Draft, fault: FaultyLine, status: int = 422) -> Response:
    return await _form(visitor, Draft(draft.text, draft.version, draft.why, fault), status)


async def _form(visitor: Visitor, draft: Draft, status: int = 200) -> Response:
    facts = {"draft": draft, "fault": draft.fault, "trial": draft.trial}
    shown = facts | {"amounts": amounts, "numbers": numbers}
    return await desk_page(visitor, "playbook/draft.html", "playbook", shown, status)
