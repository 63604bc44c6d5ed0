"""A tick of the clock: all the work of a day, in an order in which later work sees earlier work.

A database lock lets one clock run at a time for each tenant. It only saves work: a second clock
would find that every message exists already.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.clock.access_log import purge
from api.clock.candidate import Candidate
from api.clock.case_pauses import pauses_to_decide
from api.clock.case_reminders import cases_late
from api.clock.collectors import collectors_to_assign
from api.clock.follow_up import debtors_due
from api.clock.holds import holds_over
from api.clock.promises import promises_due
from api.clock.strangers_files import files_over
from api.outage import DATABASE
from api.session import TenantSession
from api.tenant_rounds import TenantRounds
from commands.context import Context
from commands.execute import execute
from ledger.database.pool import UNAVAILABLE, Pool, connect
from ledger.facts.debtor_events import DebtorCollectorAssigned, DebtorResumed
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import (
    ApproverReminded,
    DisputeEscalated,
    DisputePauseChanged,
    ResolverReminded,
)
from ledger.facts.invoice.follow_up import StepTaken
from ledger.facts.invoice.holds import FollowUpHoldExpired
from ledger.facts.invoice.promises import PromiseBroken, PromiseKept, PromiseWithdrawn
from ledger.facts.invoice.registration import CollectorAssigned
from ledger.facts.outbound import MessageAsked
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable
from ledger.store.ledger import Ledger

ACTOR = "clock"
LOCK = 0xC10C
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TickReport:
    """Counts of what a tick did."""

    holds: int = 0  # ended
    promises: int = 0  # judged
    pauses: int = 0  # disputes of which the pause was decided again
    collectors: int = 0  # invoices and debtors with another collector than before
    escalations: int = 0
    reminders: int = 0  # of resolvers
    approvals: int = 0  # credits of which the approver was reminded
    messages: int = 0  # to debtors
    steps: int = 0
    unreachable: tuple[str, ...] = ()  # debtors to whom nothing can be sent


def run_if_leader(session: TenantSession) -> TickReport | None:
    """Return None while another clock of this tenant runs."""
    with try_lead(session.pool, session.tenant) as led:
        return run(session) if led else None


def run(session: TenantSession) -> TickReport:
    """Run a tick; running it again on the same day repeats nothing."""
    at, unreachable = session.clock(), set[str]()
    report = _report(
        run_candidates(session, at, _candidates(session, at, unreachable)), unreachable
    )
    purge(session, at)
    for debtor in report.unreachable:
        log.info(
            "debtor %s has no usable e-mail or postal address for the step that is due", debtor
        )
    return report


def decide_pauses(session: TenantSession) -> int:
    """Decide each of them now, and return how many; the clock decides those that come later."""
    return len([*run_candidates(session, session.clock(), pauses_to_decide(session))])


def assign_collectors(session: TenantSession) -> int:
    """Assign collectors by the playbook now, and return how many; the clock assigns later ones."""
    return len([*run_candidates(session, session.clock(), collectors_to_assign(session))])


def _candidates(session: TenantSession, at: datetime, unreachable: set[str]) -> Iterator[Candidate]:
    on = session.ledger.today(at)
    yield from holds_over(session, on)
    yield from promises_due(session, on)
    yield from pauses_to_decide(session)
    yield from collectors_to_assign(session)
    yield from cases_late(session, on)
    yield from debtors_due(session, on, unreachable)
    yield from files_over(session, on)


def run_candidates(
    session: TenantSession, at: datetime, candidates: Iterable[Candidate]
) -> Iterator[Entry]:
    """Execute the candidates and yield the entries. A candidate that fails does not stop the others
    and is tried again in the next tick."""
    for candidate in candidates:
        try:
            context = Context(ACTOR, at, correlation=candidate.correlation)
            yield from execute(session.ledger, candidate.plan, context).entries
        except (Refused, NotFound) as refusal:  # the read models lag behind the books
            log.info("%s: %s", candidate.name, refusal)
        except (Stale, Unreadable) as error:
            log.warning("%s is tried again in the next tick: %s", candidate.name, error)


def _report(entries: Iterable[Entry], unreachable: Collection[str]) -> TickReport:
    found, cases = Counter[type](), defaultdict[type, set[UUID]](set)
    for event in (entry.event for entry in entries):
        case_id: UUID | None = getattr(event, "case_id", None)
        if case_id:
            cases[type(event)].add(case_id)
        else:
            found[type(event)] += 1
    return TickReport(
        holds=found[FollowUpHoldExpired] + found[DebtorResumed],
        promises=found[PromiseKept] + found[PromiseBroken] + found[PromiseWithdrawn],
        pauses=len(cases[DisputePauseChanged]),
        collectors=found[CollectorAssigned] + found[DebtorCollectorAssigned],
        escalations=len(cases[DisputeEscalated]),
        reminders=len(cases[ResolverReminded]),
        approvals=len(cases[ApproverReminded]),
        messages=found[MessageAsked],  # those about a case are to our own people
        steps=found[StepTaken],
        unreachable=tuple(sorted(unreachable)),
    )


@contextmanager
def try_lead(pool: Pool, tenant: str) -> Iterator[bool]:
    """Yield whether this clock got the lock, which its connection holds: if the process dies, the
    lock is free at once."""
    with closing(connect(pool)) as conn:
        found = conn.execute("select pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, tenant])
        [(led,)] = found.fetchall()
        yield bool(led)


def run_all_tenants(pool: Pool, clock: Callable[[], datetime]) -> None:
    """Run a tick for every tenant; a tenant that fails does not stop the others."""

    def tick(tenant: str) -> None:
        with closing(Ledger(pool, tenant)) as ledger:
            run_if_leader(TenantSession(pool, ledger, clock))

    try:
        TenantRounds(pool, "the clock").run(tick)
    except UNAVAILABLE as error:
        DATABASE.began(error)
