"""``dossier demo``: plays the year, then shows what the product makes of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.cli import demo_report
from api.cli.kit.output import progress
from api.cli.kit.session import database, level
from api.demo.planning import MIN_INVOICES
from api.demo.texts import AGENCY, MANAGER
from api.demo.virtual_clock import END, START, World
from api.demo.year import live
from api.handoff.folder import HandOffResult, hand_off
from api.session import TenantSession, now, open_session, prepare_database
from commands.context import Context
from ledger.database import tenants
from ledger.database.pool import open_pool
from ledger.facts.books import INVOICE
from ledger.policy.tasks.invoice import tasks_for

app = typer.Typer()
TENANT, ZONE = "demo", "Europe/Amsterdam"
SEED, INVOICES = 1, 240


@app.command(epilog="Examples: `dossier demo`, `dossier demo --seed 7 --invoices 500`")
def demo(
    seed: Annotated[int, typer.Option(help="Another seed is another year.")] = SEED,
    invoices: Annotated[
        int, typer.Option(help="How many in the year.", min=MIN_INVOICES, max=5000)
    ] = INVOICES,
    to: Annotated[
        Path | None, typer.Option(help="Folder for the hand-off; handoff/demo if left out.")
    ] = None,
) -> None:
    """A year of a small creditor's life, played through the real commands; safe to run again.

    It lives in a tenant of its own and never mixes with other data.
    """
    tenant = tenant_of(seed, invoices)
    folder = (to or Path("handoff") / tenant).resolve()
    with database() as url, _demo_desk(url, tenant) as session:
        with progress("Living a year", "days") as tick:
            total = (END - START).days
            world = live(session.ledger, seed, invoices, lambda days: tick(days, total))
        number = for_agency(world)
        handed = handed_off(session, world, number, folder)
        level(session)
        with session.pool.connection() as conn:
            demo_report.show_agenda(session, conn, END)
            demo_report.show_disputes(session, conn)
            demo_report.show_cycle_times(session, conn, END)
            richest = demo_report.richest(conn, session.tenant)
            demo_report.show_contact_log(session, conn, richest)
            demo_report.show_proof(session, conn)
        demo_report.show_hand_off(number, AGENCY, handed)
        demo_report.show_next(session.tenant, END, richest)


def tenant_of(seed: int, invoices: int) -> str:
    """Each year has its own ledger: numbers of two would clash."""
    usual = (seed, invoices) == (SEED, INVOICES)
    return TENANT if usual else f"{TENANT}-{seed}-{invoices}"


@contextmanager
def _demo_desk(url: str, tenant: str) -> Iterator[TenantSession]:
    with open_pool(url, size=1) as pool, pool.connection() as conn:
        made = tenants.Tenant(tenant, "Korenaar (demo)", ZONE, now())
        new = tenants.create(conn, made)
    if new:
        prepare_database(url, now())
    with open_session(url, tenant) as session:
        yield session


def for_agency(world: World) -> str:
    """What was asked for most often in vain, and may still be chased."""
    chased = [
        invoice
        for invoice in map(world.invoice, world.numbers)
        if invoice.collectable
        and not invoice.disputes
        and not invoice.promises
        and tasks_for(invoice)
    ]
    return max(chased, key=lambda invoice: (invoice.reminders, invoice.open_amount)).number


def handed_off(session: TenantSession, world: World, number: str, to: Path) -> HandOffResult | str:
    """On the last afternoon; or why not."""
    if session.ledger.book(INVOICE, number).state.handoffs:
        there = f"Its folder: {to}" if to.exists() else f"It is not in {to}."
        return f"Invoice {number} was handed off when the demo ran before.\n{there}"
    cause = f"demo:{world.seed}:hand-off"
    context = Context(by=MANAGER, at=world.clock(END, 16, 30), causation=cause)
    try:
        return hand_off(session, [number], to, AGENCY, context)
    except FileExistsError as error:
        return f"{error}, with --to."
