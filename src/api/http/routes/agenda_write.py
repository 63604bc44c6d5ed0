"""What may be said of an item of the agenda, by the id that its row carries."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.http.auth.authentication import Collector, TheOffice
from api.http.auth.keys import Key
from api.http.kit.bodies import Body, body_of
from api.http.kit.command_endpoint import OnTerms, write
from api.http.kit.command_routes import add_route
from api.http.kit.task_ids import decode, not_found
from api.http.server.state import AppState
from commands.command import Command
from commands.follow_up import tasks
from ledger.facts.books import DEBTOR, INVOICE, BookKind, kind_of_event, replay

router = APIRouter(prefix="/v1", tags=["Agenda"])

COMMANDS: dict[str, tuple[type[Command], type[Command]]] = {  # of an invoice, of a debtor
    "done": (tasks.CompleteTask, tasks.CompleteDebtorTask),
    "postpone": (tasks.PostponeTask, tasks.PostponeDebtorTask),
}
TheItem = Annotated[str, Path(max_length=2000, description="The `id` of its row in the agenda.")]


def _post(path: str, of_invoice: type[Command], of_debtor: type[Command]) -> None:
    async def run(item: TheItem, said: Body, key: Collector, app: TheOffice, on: OnTerms) -> Any:
        kind, number, which = await _named(app, key, item)
        command = of_invoice if kind is INVOICE else of_debtor
        given = {**said.given(), kind.name: number, "item": which}
        return await write(app, key, on, [command.model_validate(given)])

    run.__annotations__["said"] = body_of(of_invoice, "invoice", "item")
    add_route(router, f"/agenda/{{item}}/{path}", run, of_invoice.verb(), of_invoice.__doc__)


async def _named(app: AppState, key: Key, given: str) -> tuple[BookKind[Any], str, str]:
    """Of which book it is, and its name there. Raises ``Unknown`` also for what the key does
    not see."""
    id_, item = decode(given)
    ledger = (await app.run_in_thread(lambda: app.session(key.tenant_id))).ledger
    entries = await app.run_in_thread(lambda: ledger.history(id_))
    kind = kind_of_event(entries[0].event) if entries else None
    if kind not in (INVOICE, DEBTOR):
        raise not_found(given)
    state = replay(kind, id_, entries).state
    if kind is INVOICE and not key.scope.sees(state):
        raise not_found(given)
    return kind, state.number, item


for _path, (_of_invoice, _of_debtor) in COMMANDS.items():
    _post(_path, _of_invoice, _of_debtor)
