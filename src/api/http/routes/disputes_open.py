"""Opening a dispute over several invoices: all of them, or none."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from api.http.kit.bodies import STRICT, Body, FieldsOf
from api.http.kit.command_endpoint import CollectorWriter
from api.http.kit.command_routes import written
from api.http.kit.route import Route
from commands.context import Overrides, Reactions
from commands.disputes.opening import ContestedAmount, OpenDispute
from commands.fields import BusinessDate, RequiredText, Text
from ledger.policy.refusal import Refused

router = APIRouter(prefix="/v1", tags=["disputes"], route_class=Route)
OF_AN_INVOICE = ContestedAmount.model_fields.keys() - {"on"}
OVERRIDES = {"resolver", "expected", "ask_also", "follow_up_on"}


@FieldsOf(ContestedAmount, without={"on"})
class DisputedInvoice(Body[ContestedAmount]):
    """A disputed invoice and the disputed amount: all of it when omitted."""


@FieldsOf(OpenDispute, without=OF_AN_INVOICE)
class NewDispute(Body[OpenDispute]):
    """A dispute, its invoices, and what replaces the playbook's suggestions."""

    invoices: tuple[DisputedInvoice, ...] = Field(min_length=1, max_length=100, exclude=True)
    run: Annotated[bool, STRICT[bool]] = Field(
        False, exclude=True, description="run the playbook's reactions"
    )
    resolver: RequiredText | None = Field(None, exclude=True, description="with run: who solves it")
    expected: Text = Field("", exclude=True, description="with run: what the resolver must answer")
    ask_also: Text = Field("", exclude=True, description="with run: added to that question")
    follow_up_on: Annotated[BusinessDate | None, STRICT[date]] = Field(
        None, exclude=True, description="with run: the day of the follow-up"
    )

    def openings(self) -> list[OpenDispute]:
        """Return a command for each invoice, of one case."""
        first, *others = self.invoices
        opening = self.command(OpenDispute, **first.sent())
        case = opening.case_id
        more = (self.command(OpenDispute, **part.sent(), case_id=case) for part in others)
        return [opening, *more]

    @property
    def overrides(self) -> Overrides:
        return Overrides(self.resolver, self.expected, self.follow_up_on, self.ask_also)


@router.post("/disputes", **written("open-dispute"))
async def open_dispute(body: NewDispute, writer: CollectorWriter) -> Response:
    """Open a dispute: the debtor refuses to pay and states why. Follow-up pauses.

    With `run` the playbook reacts in the same write: it asks the resolver for an answer by a
    working day and confirms receipt to the debtor. The other fields replace its suggestions.
    """
    overridden = OVERRIDES & body.model_fields_set
    if overridden and not body.run:
        raise Refused("only-with-run", min(overridden))
    return await writer.execute(
        body.openings(),
        reactions=Reactions.ALWAYS if body.run else Reactions.NONE,
        overrides=body.overrides,
    )
