"""Two business units over HTTP, two resolvers, an agency, and another tenant next door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from api.http.auth.keys import Role
from commands.command import Command
from commands.debtors.money import ReceiveMoney
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.handoffs import HandOff
from ledger.facts.codes import Reason
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from support.creditor import Creditor, debtor, invoice
from support.examples import CASE, HANDOFF, OTHER_CASE, SHA
from support.histories import worker
from support.http_clients import HttpClients, Person, open_http

AGENCY, SHORT = "Incasso BV", Reason.QUANTITY_SHORT


@dataclass
class TwoUnits:
    """``people`` differ in what they may see."""

    http: HttpClients
    creditor: Creditor
    next_door: Creditor
    people: dict[str, Person] = field(default_factory=dict)

    def catch_up(self) -> None:
        """Let the read models follow all that was recorded."""
        for creditor in (self.creditor, self.next_door):
            follower = worker(creditor.pool, READ_MODELS, tenant=creditor.tenant)
            follower.catch_up()
            follower.release_lease()

    def execute(self, *commands: Command) -> None:
        self.creditor.execute(*commands)
        self.catch_up()

    def get(self, who: str, path: str, **headers: str) -> Any:
        """Return the body of an answer, which must be 200."""
        answer = self.people[who].get(path, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def status(self, who: str, path: str) -> int:
        return self.people[who].get(path).status_code


@contextmanager
def open_two_units(url: str) -> Iterator[TwoUnits]:
    """Start on 2 March 2026; no worker follows, so that nothing moves by itself."""
    with open_http(url, with_worker=False) as http:
        other = http.tenant("acme")
        ours, theirs = Ledger(http.pool), Ledger(http.pool, other)
        try:
            units = TwoUnits(http, Creditor(http.pool, ours), Creditor(http.pool, theirs))
            units.creditor.execute(*_past())
            units.next_door.execute(debtor("A-D"), invoice("A-1", debtor="A-D"))
            units.catch_up()
            units.people = {who: http.person(**key) for who, key in KEYS.items()}
            yield units
        finally:
            ours.close()
            theirs.close()


def _past() -> list[Command]:
    return [
        debtor(),
        invoice("N-1", business_unit="north"),
        invoice("N-2", 200, business_unit="north", debtor="D-8", collector="bob"),
        invoice("S-1", 300, business_unit="south"),
        invoice("S-2", 400, business_unit="south", debtor="D-9", due_on="2026-05-01"),
        invoice("H-1", 500, business_unit="south", debtor="D-9"),
        OpenDispute(invoice="N-1", case_id=CASE, reason=Reason.PRICE, comment="Less."),
        AssignResolver(invoice="N-1", case_id=CASE, resolver="sam"),
        OpenDispute(invoice="S-1", case_id=OTHER_CASE, reason=SHORT, comment="Two."),
        AssignResolver(invoice="S-1", case_id=OTHER_CASE, resolver="eva"),
        HandOff(invoice="H-1", agency=AGENCY, manifest_sha256=SHA, handoff_id=HANDOFF),
        ReceiveMoney(debtor="D-7", reference="R1", amount=60),
    ]


KEYS: dict[str, dict[str, Any]] = {
    "anna": {"role": Role.COLLECTOR, "name": "anna"},
    "nora": {"role": Role.COLLECTOR, "name": "nora", "business_units": ["north"]},
    "sam": {"role": Role.RESOLVER, "name": "sam"},
    "zoe": {"role": Role.RESOLVER, "name": "zoe"},
    "agency": {"role": Role.AGENCY, "name": "agency", "agency": AGENCY},
    "rival": {"role": Role.AGENCY, "name": "rival", "agency": "Rival BV"},
    "auditor": {"role": Role.AUDITOR, "name": "auditor"},
    "admin": {"role": Role.ADMIN, "name": "admin"},
    "neighbour": {"role": Role.ADMIN, "name": "neighbour", "tenant": "acme"},
}
