"""The playbook: the rules in force, earlier versions, new rules and simulations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from api.clock.otherwise import tally_of
from api.clock.tick import decide_pauses
from api.http.auth.authentication import Admin, Reader
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import Writer, writer_for
from api.http.kit.command_routes import written
from api.http.kit.openapi_errors import refusal
from api.http.kit.openapi_examples import JSON
from api.http.kit.read_endpoint import ETAG, Reading, documented
from api.http.kit.route import Route
from api.http.server.problems import Fault, Problem
from api.http.server.responses import as_json
from api.simulation import simulate
from commands.fields import BusinessDate
from commands.playbook import ApplyPlaybook
from ledger.facts.books import PLAYBOOK, book_id
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.decode import decode, error_pointer
from ledger.policy.playbook.in_force import shipped
from ledger.policy.playbook.yaml_file import schema
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import of_book
from projections.invoices import INVOICES
from projections.simulation.replay import ReplayedMessage
from projections.simulation.totals import Simulated, Tally, differences, document

router = APIRouter(prefix="/v1", tags=["playbook"], route_class=Route)
Version = Annotated[
    int | None,
    Query(ge=0, le=2**31 - 1, description="An earlier version; 0 as shipped."),
]
SCHEMA = Field(description="by the schema of `GET /v1/playbook/schema`")


@dataclass(frozen=True, slots=True)
class Applied:
    """Rules, who applied them and when; version 0 are the shipped rules."""

    version: int
    rules: dict[str, Any]
    applied_on: date | None = None
    by: str = ""
    why: str = ""


REFUSALS: dict[int | str, dict[str, Any]] = {
    409: refusal(
        "refused",
        "There is no ladder for 'public', only for business.",
        "no-default-ladder",
        pointer="/rules/segment",
    ),
    413: refusal("too-large", "At most 1,000,000 bytes."),
}


@router.get("/playbook", responses=documented(Applied, ETAG))
async def show_playbook(key: Reader, at: Reading, version: Version = None) -> Response:
    """Return the rules in force for disputes and dunning, or an earlier version."""
    lines = await at.app.query(
        of_book(key.tenant_id, book_id(key.tenant_id, PLAYBOOK.name, NUMBER))
    )
    headers = {"ETag": f'"{len(lines)}"'}
    wanted = len(lines) if version is None else version
    if wanted > len(lines):
        raise NotFound("no-playbook-version", version=version)
    if wanted == 0:
        return as_json(Applied(0, _plain(shipped())), headers=headers)
    entry = lines[wanted - 1].entry
    event = entry.event
    applied = Applied(event.version, _plain(event.rules), event.on, entry.by, event.why)
    return as_json(applied, headers=headers)


@router.get("/playbook/schema", responses=documented(dict[str, Any]))
async def show_playbook_schema(key: Reader) -> Response:
    """Return the JSON Schema 2020-12 of the rules, for editors."""
    return as_json(schema())


@FieldsOf(ApplyPlaybook)
class NewPlaybook(Body[ApplyPlaybook]):
    """Rules that replace the rules in force."""

    rules: dict[str, Any] = SCHEMA


@router.post("/playbook", **written(ApplyPlaybook.verb()))
async def apply(
    body: NewPlaybook, writer: Annotated[Writer, writer_for(all_units=True)]
) -> Response:
    """Apply a playbook: its rules replace all rules before.

    Open disputes that these rules let pause otherwise get an entry each, at the latest by the next
    tick of the clock, which also assigns collectors.
    """
    answer = await writer.execute([body.command(ApplyPlaybook, rules=_rules(body.rules))])
    await writer.app.run_in_thread(partial(decide_pauses, writer.session))
    return answer


class Simulation(BaseModel, frozen=True):
    """A replay of the past with other rules."""

    first: BusinessDate = Field(description="the first day")
    last: BusinessDate
    rules: dict[str, Any] | None = Field(
        None, description=f"{SCHEMA.description}; the rules in force when omitted"
    )
    hindsight: bool = Field(False, description="imported entries count from their own day")
    changes: bool = Field(False, description="only messages that would differ")


@router.post(
    "/playbook/simulate",
    response_class=Response,
    responses={**REFUSALS, **documented(Simulated)},
)
async def simulate_playbook(
    body: Annotated[Body[Simulation], FieldsOf(Simulation)], key: Admin, read: Reading
) -> Response:
    """Return which messages the rules would have sent, and why. Nothing is sent or written."""
    command, session = body.command(Simulation), read.app.session(key.tenant_id)
    if read.at_least:
        await read.app.wait_for(key.tenant_id, [INVOICES.name], read.at_least)

    def start() -> tuple[Iterator[ReplayedMessage], Tally]:
        rules = session.playbook()[1] if command.rules is None else _rules(command.rules)
        found = simulate(session, rules, command.first, command.last, command.hindsight)
        return found, tally_of(session, rules)

    try:
        found, tally = await read.app.run_in_thread(start)
    except ValueError as error:
        raise Problem("invalid", str(error), "/last") from None
    watched = tally.observe(found)
    content = document(differences(watched) if command.changes else watched, tally)
    return StreamingResponse(content, headers={"Cache-Control": "no-store"}, media_type=JSON)


def _rules(given: dict[str, Any]) -> Rules:
    """Return the rules. Raises ``Problem`` with a pointer to the rule that is malformed."""
    try:
        rules = decode(given)
        for text in _texts(_plain(rules)):
            text.encode()  # half a surrogate pair raises
            if "\0" in text:
                raise ValueError("the character NUL (U+0000) is not allowed")
    except ValueError as error:
        rule, pointer = error_pointer(given, str(error))
        pointer = f"/rules{pointer}"
        faults = {"errors": [Fault(pointer, rule)]}
        raise Problem("invalid", f"{pointer}: {rule}", pointer, faults) from None
    return rules


def _texts(plain: Any) -> Iterator[str]:
    match plain:
        case str():
            yield plain
        case dict():
            yield from chain.from_iterable(map(_texts, [*plain, *plain.values()]))
        case tuple():
            yield from chain.from_iterable(map(_texts, plain))


def _plain(rules: Rules) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(rules, str_keys=True)
    return plain
