"""Opening a dispute over one or several invoices: all of them, or none."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from api.http.kit.bodies import STRICT, Body, FieldsOf
from api.http.kit.command_endpoint import CollectorWriter
from api.http.kit.command_routes import written
from commands.context import Overrides, Reactions
from commands.disputes.contested import ContestedAmount
from commands.disputes.opening import OpenDispute
from commands.fields import BusinessDate, RequiredText, Text
from ledger.policy.refusal import Refused

router = APIRouter(prefix="/v1", tags=["Disputes"])
OF_AN_INVOICE = ContestedAmount.model_fields.keys() - {"on"}
OVERRIDES = {"resolver", "expected", "follow_up_on"}  # of what the playbook suggests


@FieldsOf(ContestedAmount, without={"on"})
class DisputedInvoice(Body[ContestedAmount]):
    """An invoice that is disputed, and how much of it: all, when nothing is given."""


@FieldsOf(OpenDispute, without=OF_AN_INVOICE)
class NewDispute(Body[OpenDispute]):
    """A dispute, the invoices that it is over, and what replaces the playbook's suggestions."""

    invoices: tuple[DisputedInvoice, ...] = Field(min_length=1, max_length=100, exclude=True)
    run: Annotated[bool, STRICT[bool]] = Field(
        False, exclude=True, description="do what follows by the playbook"
    )
    resolver: RequiredText | None = Field(
        None, exclude=True, description="with run: in place of the playbook's"
    )
    expected: Text = Field("", exclude=True, description="with run: what the resolver must answer")
    follow_up_on: Annotated[BusinessDate | None, STRICT[date]] = Field(
        None, exclude=True, description="with run: by when"
    )


@router.post("/disputes", **written("open-dispute"))
async def open_dispute(body: NewDispute, writer: CollectorWriter) -> Response:
    """The debtor will not pay, and says why: follow-up rests from here.

    With `run` the playbook does the rest in the same write: who must solve it is asked, by a
    working day, and the debtor hears that it came in. What else is said replaces its suggestions.
    """
    overridden = OVERRIDES & body.model_fields_set
    if overridden and not body.run:
        raise Refused("only-with-run", min(overridden))
    first, *others = body.invoices
    opening = body.command(OpenDispute, **first.sent())
    case = opening.case_id
    return await writer.execute(
        [opening, *(body.command(OpenDispute, **part.sent(), case_id=case) for part in others)],
        reactions=Reactions.ALWAYS if body.run else Reactions.NONE,
        overrides=Overrides(body.resolver, body.expected, body.follow_up_on),
    )
