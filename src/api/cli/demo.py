"""``dossier demo``: play a year of a creditor, then show its agenda, reports and files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from api.cli import demo_report
from api.cli.kit.output import progress
from api.cli.kit.session import database, level
from api.demo.desk_people import add_people
from api.demo.planning import MIN_INVOICES
from api.demo.texts import AGENCY, MANAGER
from api.demo.virtual_clock import END, START, World
from api.demo.year import live
from api.handoff.folder import HandOffResult, hand_off
from api.session import TenantSession, now, open_session, prepare_database
from commands.context import Context
from commands.handoffs import HandOff
from ledger.database import tenants
from ledger.database.pool import open_pool
from ledger.facts.books import INVOICE
from ledger.policy.handoff import obstacles
from ledger.policy.tasks.invoice import tasks_for

app = typer.Typer()
TENANT, ZONE = "demo", "Europe/Amsterdam"
SEED, INVOICES = 1, 240


@app.command(epilog="Examples: `dossier demo`, `dossier demo --seed 7 --invoices 500`")
def demo(
    seed: Annotated[int, Option(help="Seed of the year's events.")] = SEED,
    invoices: Annotated[
        int, Option(help="Number of invoices in the year.", min=MIN_INVOICES, max=5000)
    ] = INVOICES,
    to: Annotated[Path | None, Option(help="Hand-off folder; handoff/demo if left out.")] = None,
) -> None:
    """Play a year of a small creditor through the real commands, in a tenant of its own."""
    tenant = tenant_of(seed, invoices)
    folder = (to or Path("handoff") / tenant).resolve()
    with database() as url, _demo_session(url, tenant) as session:
        with progress("Playing a year", "days") as tick:
            total = (END - START).days
            world = live(session.ledger, seed, invoices, lambda days: tick(days, total))
        number = for_agency(world)
        handed = handed_off(session, world, number, folder)
        level(session)
        with session.pool.connection() as conn:
            demo_report.show_agenda(session, conn, END)
            demo_report.show_inbox(session, conn)
            demo_report.show_outbox(session, conn)
            demo_report.show_disputes(session, conn)
            demo_report.show_cycle_times(session, conn, END)
            letter = demo_report.letter_to_consumer(conn, session.tenant)
            richest = demo_report.richest(conn, session.tenant)
            demo_report.show_contact_log(session, conn, richest)
            demo_report.show_proof(session, conn)
        demo_report.show_hand_off(number, AGENCY, handed)
        demo_report.show_next(session.tenant, END, richest, letter)


def tenant_of(seed: int, invoices: int) -> str:
    """Return a tenant for each seed and size: the invoice numbers of two years would clash."""
    usual = (seed, invoices) == (SEED, INVOICES)
    return TENANT if usual else f"{TENANT}-{seed}-{invoices}"


@contextmanager
def _demo_session(url: str, tenant: str) -> Iterator[TenantSession]:
    with open_pool(url, size=1) as pool, pool.connection() as conn:
        new = tenants.create(conn, tenants.Tenant(tenant, "Korenaar (demo)", ZONE, now()))
        add_people(conn, tenant, now())
    if new:
        prepare_database(url, now())
    with open_session(url, tenant) as session:
        yield session


def for_agency(world: World) -> str:
    """Return the number of the collectable invoice that was reminded most often."""
    candidates = [
        invoice
        for invoice in map(world.invoice, world.numbers)
        if invoice.collectable
        and not invoice.disputes
        and not invoice.promises
        and not any(obstacles(invoice, END))
        and tasks_for(invoice)
    ]
    return max(candidates, key=lambda invoice: (invoice.reminders, invoice.open_amount)).number


def handed_off(session: TenantSession, world: World, number: str, to: Path) -> HandOffResult | str:
    """Hand the invoice off on the last afternoon; return the reason when that is impossible."""
    if session.ledger.book(INVOICE, number).state.handoffs:
        folder = f"Its folder: {to}" if to.exists() else f"It is not in {to}."
        return f"Invoice {number} was handed off by an earlier run of the demo.\n{folder}"
    cause = f"demo:{world.seed}:hand-off"
    context = Context(by=MANAGER, at=world.clock(END, 16, 30), causation=cause)
    try:
        return hand_off(session, [HandOff(invoice=number, agency=AGENCY)], to, context)
    except FileExistsError as error:
        return f"{error}, with --to."
