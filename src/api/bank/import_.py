"""The import of bank files: record each transaction once, then allocate what is certain.

A file may be imported again at any time: what is recorded is skipped, and what stopped half way is
continued. Each step is an append of its own, so that a stop loses nothing.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from threading import Event
from uuid import uuid4

from api.bank.clues import clues_of
from api.bank.proposing import recorded_of
from api.bank.read import read
from api.bank.recording import statement_of, transactions_of
from api.bank.statement import Statement
from api.session import TenantSession
from commands.bank.allocation import automatic_allocation
from commands.bank.statements import RecordStatement
from commands.bank.transactions import RecordBankTransaction
from commands.command import Command
from commands.context import Context
from commands.execute import execute
from commands.work import Work
from ledger.database import documents
from ledger.engine.catch_up import catch_up
from ledger.engine.projector import Projector
from ledger.facts.bank import BankTransactionRecorded
from ledger.facts.books import BANK_TRANSACTION
from ledger.policy.payments.matching import Proposal, certain
from ledger.policy.refusal import Refusal
from projections import READ_MODELS, bank
from projections.debtors import DEBTORS
from projections.invoices import INVOICES
from projections.names import NAMES

RECORDED, ALLOCATED = 200, 40  # transactions in an append
SECONDS = 60.0  # to wait for the read models in which invoices are looked for
SEARCHED = (INVOICES.name, NAMES.name, DEBTORS.name, bank.BANK.name)
MEDIA_TYPE = "application/octet-stream"
Tick = Callable[[int], None]


@dataclass
class StatementReport:
    """What became of a statement."""

    account: str
    currency: str
    statement: str
    entries: int
    new: int  # transactions that were not recorded before
    seen: int  # that were
    not_booked: int  # entries that the bank only announces
    problems: list[str]
    was_imported: bool  # before


@dataclass
class FileReport:
    """What became of a file."""

    file: str
    sha256: str
    statements: list[StatementReport] = field(default_factory=list)
    allocated: int = 0  # of all that waited
    allocated_amount: Decimal = Decimal(0)
    out: int = 0  # of the new ones, money that went out
    troubled: int = 0  # that were not understood wholly; they are kept and shown


def import_bank_file(
    session: TenantSession, context: Context, name: str, content: bytes, tick: Tick
) -> FileReport:
    """Import a file. Raises ``UnreadableFile`` before anything of it is written.

    ``tick`` is called with the number of transactions that were dealt with.
    """
    statements = [*read(name, content)]
    with session.pool.connection() as conn:
        documents.save(conn, session.tenant, content, MEDIA_TYPE)
    return import_statements(session, context, name, sha256(content).hexdigest(), statements, tick)


def import_statements(
    session: TenantSession,
    context: Context,
    name: str,
    address: str,
    statements: Iterable[Statement],
    tick: Tick,
) -> FileReport:
    """Record the statements of a file, kept at this address, and allocate what is certain."""
    report = FileReport(name, address)
    for statement in statements:
        transactions = [*transactions_of(statement, address)]
        new = [*_record(session, context, transactions, tick)]
        seen = len(transactions) - len(new)
        report.statements.append(_finish(session, context, statement, address, len(new), seen))
        report.out += sum(t.amount <= 0 for t in new)
        report.troubled += sum(bool(t.trouble) for t in new)
    report.allocated, report.allocated_amount = allocate_certain(session, context)
    return report


def allocate_certain(
    session: TenantSession,
    context: Context,
    tick: Tick = lambda done: None,
) -> tuple[int, Decimal]:
    """Allocate all that waits and needs no person; return how many, and their sum.

    That is also what a stop left, and what came before its invoice. A transaction that a person
    took back from an invoice waits for a person.
    """
    catch_up_claims(session)
    done, amount = 0, Decimal(0)
    for rows in _waiting(session):
        untouched = [row for row in rows if row.amount > 0 and not row.why]
        with session.pool.connection() as conn:
            some = recorded_of(conn, session.tenant, untouched)
            clues = clues_of(conn, session.tenant, some)
        sure = [(t, certain(t, names)) for t, names in zip(some, clues, strict=True)]
        for group in _apart([(t, proposal) for t, proposal in sure if proposal]):
            for t in _allocate(session, context, group):
                done, amount = done + 1, amount + t.amount
        tick(len(rows))
    return done, amount


def _waiting(session: TenantSession) -> Iterator[list[bank.BankRow]]:
    after = None
    while True:
        with session.pool.connection() as conn:
            rows = bank.in_status(session.tenant, "waiting", after, RECORDED).fetch(conn)
        if not rows:
            return
        yield rows
        after = bank.behind(rows[-1])


Sure = tuple[BankTransactionRecorded, Proposal]


def _record(
    session: TenantSession,
    context: Context,
    transactions: Sequence[BankTransactionRecorded],
    tick: Tick,
) -> Iterator[BankTransactionRecorded]:
    """Record the transactions; yield those that are new."""
    for at in range(0, len(transactions), RECORDED):
        some = transactions[at : at + RECORDED]
        commands = [RecordBankTransaction(transaction=t.transaction, recorded=t) for t in some]
        receipt = execute(session.ledger, commands, context)
        yield from (entry.event for entry in receipt.entries)
        tick(len(some))


def _finish(
    session: TenantSession,
    context: Context,
    statement: Statement,
    file: str,
    new: int,
    seen: int,
) -> StatementReport:
    """Record the statement, last: what has it in its account's book is complete."""
    recorded = statement_of(statement, file, new + seen)
    entries = execute(session.ledger, [RecordStatement(statement=recorded)], context).entries
    problems = [problem for entry in entries for problem in entry.event.problems]
    return StatementReport(
        account=statement.account,
        currency=statement.currency,
        statement=statement.id,
        entries=len(statement.entries),
        new=new,
        seen=seen,
        not_booked=sum(not entry.is_booked for entry in statement.entries),
        problems=problems,
        was_imported=not entries,
    )


def _apart(found: Iterable[Sure]) -> list[list[Sure]]:
    """Return groups in which no invoice and no debtor has two payments: each is decided on what
    those before left open."""
    groups, after, first = list[list[Sure]](), dict[str, int](), 0
    for t, proposal in found:
        names = {proposal.debtor, *(share.invoice for share in proposal.shares)}
        at = max((after.get(name, 0) for name in names), default=0)
        at = max(at, first)
        while at < len(groups) and len(groups[at]) >= ALLOCATED:
            at += 1
        if at == len(groups):
            groups.append([])
        groups[at].append((t, proposal))
        while first < len(groups) and len(groups[first]) >= ALLOCATED:
            first += 1
        after |= dict.fromkeys(names, at + 1)
    return groups


def _allocate(
    session: TenantSession, context: Context, group: Sequence[Sure]
) -> list[BankTransactionRecorded]:
    """Allocate a group in one append, or each by itself if a rule refuses some; return those
    that were allocated."""

    def plan(work: Work) -> list[Command]:
        each = (automatic_allocation(work, t.transaction, proposal) for t, proposal in group)
        return [command for commands in each for command in commands]

    try:
        receipt = execute(session.ledger, plan, context)
    except Refusal:
        if len(group) == 1:
            return []  # it waits, and a person sees why when they allocate it
        return [t for each in group for t in _allocate(session, context, [each])]
    books = {entry.book_id for entry in receipt.entries}
    ids = ((t, session.ledger.id_of(BANK_TRANSACTION, t.transaction)) for t, _ in group)
    return [t for t, id_ in ids if id_ in books]


def catch_up_claims(session: TenantSession) -> None:
    """Wait until the read models show all invoices, and what was paid before."""
    worker = Projector(
        session.pool, session.tenant, READ_MODELS, f"bank:{os.getpid()}:{uuid4().hex[:6]}",
        session.clock,
    )  # fmt: skip
    for name in SEARCHED:
        catch_up(worker, name, Event(), SECONDS)
