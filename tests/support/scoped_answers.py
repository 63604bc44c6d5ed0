"""Every query that takes a scope, held against what the scope sees of the states of the books."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib import import_module
from inspect import getmembers, isfunction, signature
from itertools import groupby
from pkgutil import walk_packages
from typing import Any
from uuid import UUID, uuid4

import projections
from ledger.database.pool import Conn
from ledger.database.query import Query
from ledger.facts.books import DEBTOR, INVOICE, book_id
from ledger.facts.codes import TaskKind
from ledger.facts.entry import Entry
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import EVERYTHING, Scope
from projections import (
    agenda,
    aside,
    debtors,
    desk,
    dispute_queries,
    disputes,
    duplicates,
    handoffs,
    invoices,
    money,
    owed,
    search,
    since,
)
from projections.contact_log import log as contact_log
from projections.matching import COMMON, Match, WordWeight
from projections.reports import ageing, cycle_times, open_disputes

ALL: Any = 1000  # rows: more than an example makes
LAST, NEVER_MADE = date.max, UUID(int=99)
SCOPED = [
    function
    for module in walk_packages(projections.__path__, "projections.")
    for _, function in getmembers(import_module(module.name), isfunction)
    if function.__module__ == module.name
    and "tenant" in signature(function).parameters
    and "scope" in signature(function).parameters
]


@dataclass
class Answers:
    """What a tenant's queries answer to a scope, and its books to hold them against."""

    tenant: str
    conn: Conn
    scope: Scope
    books: dict[UUID, Any]
    entries: Sequence[Entry]
    asked: set[Callable[..., Any]] = field(default_factory=set)

    def rows(self, query: Callable[..., Query[Any]], *given: Any, **more: Any) -> list[Any]:
        self.asked.add(query)
        return query(self.tenant, *given, scope=self.scope, **more).fetch(self.conn)

    def all(self, query: Callable[..., Query[Any]], *given: Any, **more: Any) -> list[Any]:
        return query(self.tenant, *given, scope=EVERYTHING, **more).fetch(self.conn)

    def invoice(self, id_: UUID) -> Invoice:
        found: Invoice = self.books[id_]
        return found

    def sees_part(self, row: disputes.DisputeRow) -> bool:
        state = self.invoice(row.book_id)
        return self.scope.sees_dispute(state, state.disputes[row.case_id])

    def sees_item(self, item: agenda.AgendaItem) -> bool:
        """To ask a resolver again belongs to the dispute, all else to the unit."""
        state = self.books[item.book_id]
        if item.action == TaskKind.CHASE_RESOLVER and item.case_id:
            return self.scope.sees_dispute(state, state.disputes[item.case_id])
        return self.scope.covers(state.business_unit if isinstance(state, Invoice) else "")

    def check(self) -> None:
        self.of_invoices()
        self.of_flags()
        self.of_disputes()
        self.of_the_agenda()
        self.of_debtors()
        self.of_handoffs()
        self.of_search()
        self.of_the_desk()
        self.of_what_was_put_aside()
        self.of_what_changed()
        assert self.asked == set(SCOPED), "hold each scoped query against its scope in this file"

    def of_invoices(self) -> None:
        rows = self.all(invoices.find, limit=ALL)
        seen = [row for row in rows if self.scope.sees(self.invoice(row.invoice_id))]
        numbers = {row.number for row in seen}
        assert self.rows(invoices.find, limit=ALL) == seen
        assert sum(total.invoices for total in self.rows(ageing.totals)) == len(seen)
        owing = [row for row in seen if row.open_amount > 0]
        ours = [row for row in owing if not row.agency]
        sums = self.rows(owed.totals, LAST)
        assert sum(total.open for total in sums) == sum(row.open_amount for row in ours)
        assert sum(total.disputed for total in sums) == sum(row.disputed_amount for row in ours)
        rest = sum(sum(row.due_amounts) - sum(row.due_disputed) for row in ours)
        assert sum(total.overdue for total in sums) == rest
        aged = sum(bucket.open_amount for bucket in self.rows(ageing.ageing, LAST))
        assert aged == sum(sum(row.due_amounts) for row in owing)
        for like in [INVOICE.start(uuid4()), *(self.invoice(row.invoice_id) for row in rows)]:
            same = self.all(duplicates.possible_duplicates, like)
            assert self.rows(duplicates.possible_duplicates, like) == [
                number for number in same if number in numbers
            ]

    def of_flags(self) -> None:
        """The flags of a registration tell of no invoice of another business unit."""
        rows = self.all(invoices.find, limit=ALL)
        states = {row.number: self.invoice(row.invoice_id) for row in rows}
        seen = {
            number: state
            for number, state in states.items()
            if self.scope.covers(state.business_unit)
        }
        currencies = {state.debtor: state.currency for state in states.values()}
        owed = dict[str, Decimal]()
        for state in seen.values():
            if state.currency == currencies[state.debtor]:
                owed[state.debtor] = owed.get(state.debtor, Decimal(0)) + state.open_amount
        assert dict(self.rows(duplicates.open_balances, currencies)) == owed
        made = [e.event for e in self.entries if isinstance(e.event, InvoiceRegistered)]
        assert set(self.rows(duplicates.duplicated, made)) == {
            event.number
            for event in made
            for number, state in seen.items()
            if number != event.number and not state.cancelled and _alike(event, state)
        }

    def of_disputes(self) -> None:
        rows = self.all(dispute_queries.find, limit=ALL)
        seen = [row for row in rows if self.sees_part(row)]
        assert self.rows(dispute_queries.find, limit=ALL) == seen
        opened = {
            (row.case_id, row.invoice)
            for row in rows
            if row.status != "not opened"
            if row in seen or (self.scope.is_debtor and self.scope.sees(self.invoice(row.book_id)))
        }
        newest = self.rows(dispute_queries.newest, ALL)
        assert {(row.case_id, row.invoice) for row in newest} == opened
        for case in {NEVER_MADE, *(row.case_id for row in rows)}:
            found = self.rows(dispute_queries.of_case, case)
            assert {row.book_id for row in found} == {
                row.book_id for row in seen if row.case_id == case
            }
        counted = [row for row in seen if row.status in ("open", "resolved")]
        cases = [[*parts] for _, parts in groupby(sorted(counted, key=_case), key=_case)]
        assert sum(count.opened for count in self.rows(cycle_times.counts, LAST)) == len(cases)
        timed = [
            parts
            for parts in cases
            if any(part.raised_on for part in parts) and any(part.opened_on for part in parts)
        ]
        lags = {lag.lag: lag.cases for lag in self.rows(cycle_times.cycle_times)}
        assert lags.get("detection", 0) == len(timed)

    def of_the_agenda(self) -> None:
        for held in (True, False):
            rows = self.all(agenda.list_due, LAST, limit=ALL, held=held)
            seen = [row for row in rows if self.sees_item(row.item)]
            assert self.rows(agenda.list_due, LAST, limit=ALL, held=held) == seen

    def of_debtors(self) -> None:
        seen = [
            row
            for row in self.all(invoices.find, limit=ALL)
            if self.scope.covers(self.invoice(row.invoice_id).business_unit)
        ]
        owed = {(row.debtor, row.currency) for row in seen if row.debtor}
        found = self.rows(debtors.balances, LAST, limit=ALL)
        assert {_owed(balance) for balance in found} == owed
        for balance in found:
            theirs = [row for row in seen if (row.debtor, row.currency) == _owed(balance)]
            assert balance.balance == sum(row.open_amount for row in theirs)
        for number in {"D-7", *(row.debtor for row in seen)}:
            own = book_id(self.tenant, DEBTOR.name, number)
            books = {own, *(row.invoice_id for row in seen if row.debtor == number)}
            log = self.rows(contact_log.of_debtor, own, number)
            assert [contact.position for contact in log] == [
                entry.position for entry in self.entries if entry.book_id in books
            ]

    def of_search(self) -> None:
        """What is found is what the lists show, and debtors of visible units."""
        for word in ("d", "a", "f", "n"):
            match = Match([WordWeight(word, COMMON, COMMON, COMMON)], [[]], [""] * COMMON)
            every = self.all(search.search, match, ALL)
            found = self.rows(search.search, match, ALL)
            units = dict[str, set[str]]()
            for row in self.all(invoices.find, limit=ALL):
                units.setdefault(row.debtor, set()).add(row.business_unit)
            invoice_hits = {
                hit.id
                for hit in every
                if hit.kind == "invoice" and self.scope.sees(self.invoice(hit.id))
            }
            assert {hit.id for hit in found if hit.kind == "invoice"} == invoice_hits
            assert {hit.number for hit in found if hit.kind == "debtor"} == {
                hit.number
                for hit in every
                if hit.kind == "debtor" and self.scope.sees_debtor(units.get(hit.number, ()))
            }
            cases = {
                (row.case_id, row.invoice) for row in self.rows(dispute_queries.find, limit=ALL)
            }
            assert {(hit.id, hit.number) for hit in found if hit.kind == "dispute"} == {
                (hit.id, hit.number)
                for hit in every
                if hit.kind == "dispute" and (hit.id, hit.number) in cases
            }

    def of_the_desk(self) -> None:
        """What pages add up is what the lists beside it show."""
        tasks = self.rows(agenda.list_due, LAST, limit=ALL, held=False)
        assert sum(part.items for part in self.rows(agenda.workload, LAST)) == len(tasks)
        cases = self.rows(dispute_queries.find, limit=ALL)
        still = [row for row in cases if row.status == "open"]
        [waiting] = self.rows(desk.counts, LAST)
        assert (waiting.tasks, waiting.disputes) == (len(tasks), len(still))
        views = self.rows(desk.counts_of_views, LAST, [{}, {"action": TaskKind.CHASE_DEBTOR}])
        chasing = [task for task in tasks if task.item.action == TaskKind.CHASE_DEBTOR]
        assert views == [len(tasks), len(chasing)]
        groups = self.rows(open_disputes.open_disputes, LAST, "reason")
        assert sum(group.disputed for group in groups) == sum(row.disputed for row in still)
        owing = [row for row in self.rows(invoices.find, limit=ALL) if row.open_amount > 0]
        owed = self.rows(desk.owed, [row.debtor for row in owing])
        assert sum(part.amount for part in owed) == sum(row.open_amount for row in owing)
        every = [row.invoice_id for row in self.all(invoices.find, limit=ALL)]
        spoken = {(part.book_id, part.day) for part in self.rows(desk.last_contacts, every)}
        theirs = self.rows(invoices.find, limit=ALL)
        assert spoken == {
            (row.invoice_id, row.last_contact_on) for row in theirs if row.last_contact_on
        }
        aged = sum(bucket.open_amount for bucket in self.rows(ageing.ageing, LAST))
        assert sum(age.open_amount for age in self.rows(ageing.by_debtor, LAST, limit=ALL)) == aged
        assert sum(part.amount for part in self.rows(ageing.parts, LAST, limit=ALL)) == aged
        seen = {row.invoice_id for row in owing}
        assert {fit.invoice_id for fit in self.rows(money.fitting, None, ALL)} <= seen
        for number in {"D-7", *(row.debtor for row in owing)}:
            own = book_id(self.tenant, DEBTOR.name, number)
            forward = self.rows(contact_log.of_debtor, own, number)
            newest = self.rows(contact_log.newest_of_debtor, own, number, limit=ALL)
            assert newest == forward[::-1]

    def of_what_was_put_aside(self) -> None:
        rows = [row for row in self.all(aside.waiting, date.min, limit=ALL)]
        seen = [row for row in rows if self.scope.covers(row.business_unit)]
        assert self.rows(aside.waiting, date.min, limit=ALL) == seen

    def of_what_changed(self) -> None:
        """A person hears of the invoices that they collect, of their units only."""
        end = len(self.entries) + 1
        for name in {"anna", *(row.collector for row in self.all(invoices.find, limit=ALL))}:
            rows = self.all(since.changes, [name], 0, end, ALL)
            seen = [
                row for row in rows if self.scope.covers(self.invoice(row.book_id).business_unit)
            ]
            assert self.rows(since.changes, [name], 0, end, ALL) == seen
            [found] = self.rows(since.summary, [name], 0, end)
            assert (found.changes, found.invoices) == (len(seen), len({r.book_id for r in seen}))

    def of_handoffs(self) -> None:
        named = {id_ for state in self.books.values() for id_ in getattr(state, "handoffs", ())}
        for handoff in {NEVER_MADE, *named}:
            rows = self.all(handoffs.of_handoff, handoff)
            seen = [
                row
                for row in rows
                if self.scope.sees_handoff(self.invoice(row.book_id), row.handoff_id)
            ]
            assert self.rows(handoffs.of_handoff, handoff) == seen
            found = [
                row for row in self.rows(handoffs.summaries, limit=ALL) if row.handoff_id == handoff
            ]
            assert [row.invoices for row in found] == ([len(seen)] if seen else [])


def _alike(event: InvoiceRegistered, other: Invoice) -> bool:
    ours = (event.debtor, event.currency, event.amount)
    order = event.purchase_order is not None and event.purchase_order == other.purchase_order
    return ours == (other.debtor, other.currency, other.amount) and (
        event.on == other.issued_on or order
    )


def _case(row: disputes.DisputeRow) -> UUID:
    return row.case_id


def _owed(balance: debtors.Balance) -> tuple[str, str]:
    return balance.debtor, balance.currency
