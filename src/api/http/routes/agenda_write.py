"""Completing and postponing a task of the agenda, by the id of its row."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import CollectorWriter, Writer
from api.http.kit.command_routes import visible_book, written
from api.http.kit.route import Route
from api.http.kit.task_ids import decode, not_found
from commands.follow_up.tasks import (
    CompleteDebtorTask,
    CompleteTask,
    PostponeDebtorTask,
    PostponeTask,
    TakeUpDebtorTask,
    TakeUpTask,
)
from ledger.facts.books import DEBTOR, INVOICE

router = APIRouter(prefix="/v1", tags=["agenda"], route_class=Route)
TaskId = Annotated[str, Path(max_length=2000, description="The `id` of its row in the agenda.")]
BY_PATH = {"invoice", "item"}
FinishBody = Annotated[Body[CompleteTask | CompleteDebtorTask], FieldsOf(CompleteTask, BY_PATH)]
TakeUpBody = Annotated[Body[TakeUpTask | TakeUpDebtorTask], FieldsOf(TakeUpTask, BY_PATH)]
PostponeBody = Annotated[Body[PostponeTask | PostponeDebtorTask], FieldsOf(PostponeTask, BY_PATH)]


@router.post("/agenda/{item}/done", **written(CompleteTask.verb(), CompleteTask.__doc__))
async def finish(item: TaskId, body: FinishBody, writer: CollectorWriter) -> Response:
    path = await _fields_of_path(writer, item)
    kind = CompleteTask if "invoice" in path else CompleteDebtorTask
    return await writer.execute([body.command(kind, **path)])


@router.post("/agenda/{item}/postpone", **written(PostponeTask.verb(), PostponeTask.__doc__))
async def postpone(item: TaskId, body: PostponeBody, writer: CollectorWriter) -> Response:
    path = await _fields_of_path(writer, item)
    kind = PostponeTask if "invoice" in path else PostponeDebtorTask
    return await writer.execute([body.command(kind, **path)])


@router.post("/agenda/{item}/take-up", **written(TakeUpTask.verb(), TakeUpTask.__doc__))
async def take_up(item: TaskId, body: TakeUpBody, writer: CollectorWriter) -> Response:
    path = await _fields_of_path(writer, item)
    kind = TakeUpTask if "invoice" in path else TakeUpDebtorTask
    return await writer.execute([body.command(kind, **path)])


async def _fields_of_path(writer: Writer, given: str) -> dict[str, str]:
    id_, item = decode(given)
    if invoice := await visible_book(writer.app, writer.key, INVOICE, id_):
        return {"invoice": invoice.number, "item": item}
    if debtor := await visible_book(writer.app, writer.key, DEBTOR, id_):
        return {"debtor": debtor.number, "item": item}
    raise not_found(given)
