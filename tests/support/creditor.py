"""A creditor on a real database: commands go in, and the read models follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from commands.command import Command
from commands.context import Context, Reactions
from commands.debtors.registration import RegisterDebtor
from commands.execute import execute
from commands.invoices.registration import RegisterInvoice
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Conn, Pool
from ledger.database.tenants import Tenant, create
from ledger.engine.rebuild import prepare
from ledger.policy.playbook.in_force import shipped
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from support.given import TODAY, moment
from support.histories import AT, worker


@dataclass(frozen=True)
class Creditor:
    pool: Pool
    ledger: Ledger

    @property
    def tenant(self) -> str:
        return self.ledger.tenant

    def applies_the_playbook(self) -> None:
        """Apply the shipped rules: nobody is written to before any were applied."""
        self.execute(ApplyPlaybook(rules=shipped()))

    def __post_init__(self) -> None:
        prepare(self.pool, READ_MODELS, AT)

    def execute(self, *commands: Command, on: str = TODAY) -> None:
        """Execute one command after the other, all on that day."""
        for command in commands:
            execute(self.ledger, [command], Context("anna", moment(on), reactions=Reactions.NONE))

    @contextmanager
    def reading(self) -> Iterator[Conn]:
        """Yield a connection to read models that show all that was recorded."""
        follower = worker(self.pool, READ_MODELS, tenant=self.tenant)
        follower.catch_up()
        follower.release_lease()
        with self.pool.connection() as conn:
            assert conn.execute("select * from parked").fetchall() == []
            yield conn


@contextmanager
def new_creditor(pool: Pool) -> Iterator[Creditor]:
    """Yield a new tenant without any entries: for each of a property's examples."""
    tenant = uuid4().hex
    with pool.connection() as conn:
        create(conn, Tenant(tenant, tenant, "Europe/Amsterdam", AT))
    ledger = Ledger(pool, tenant)
    try:
        yield Creditor(pool, ledger)
    finally:
        ledger.close()


def invoice(number: str, amount: Any = "100", **more: Any) -> RegisterInvoice:
    """Return an invoice of debtor D-7, due on 28 February, or what differs from it."""
    facts = {"due_on": "2026-02-28", "debtor": "D-7", "collector": "anna"} | more
    if "instalments" in facts:
        del facts["due_on"]
    return RegisterInvoice(on="2026-02-01", invoice=number, amount=amount, **facts)


def debtor(number: str = "D-7", name: str = "Bakery Jansen") -> RegisterDebtor:
    """Return a debtor with an address for mail."""
    email = "info@bakery.example"
    return RegisterDebtor(on="2026-01-01", debtor=number, name=name, email=email)
