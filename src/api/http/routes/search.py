"""Search by parts of names and numbers."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.authentication import CaseReader
from api.http.kit.fast_route import FastRoute
from api.http.kit.read_endpoint import Reading, documented
from api.http.server.responses import as_json
from commands.fields import RequiredText
from projections.debtors import DEBTORS
from projections.disputes import DISPUTES
from projections.invoices import INVOICES
from projections.search import SearchHit, search

router = APIRouter(prefix="/v1", tags=["search"], route_class=FastRoute)
Words = Annotated[RequiredText, Query(max_length=100, description="Starts of words, in any order.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Of each kind.")]


@router.get("/search", responses=documented(list[SearchHit]))
async def search_everything(
    key: CaseReader, read: Reading, q: Words, limit: Limit = 10
) -> Response:
    """Find debtors, invoices and disputes, each by number, of which every word begins a word of the
    number, of a reference, or of the debtor's name; case, accents and punctuation do not matter.
    """
    match = await read.match(key, q)
    assert match is not None
    query = search(key.tenant_id, match, limit, scope=key.scope)
    return as_json(await read.rows(key, query, DEBTORS, INVOICES, DISPUTES))
