"""A history comes in as it happened: small files for each trap, and the road fines whole."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from api.importing.formats.history_commands import Terms
from api.importing.formats.history_line import Line
from api.importing.line_commands import CannotImport
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.importing.summary import Summary
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INVOICE, replay
from ledger.facts.codes import Outcome, Reason
from ledger.facts.invoice.state import Invoice
from ledger.policy.anomalies import Flag
from ledger.store.reading import iter_books

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = 2**62


def fact(type_: str, at: str, seq: int, invoice: str = "A1", **more: Any) -> dict[str, Any]:
    data = more.pop("data", {})
    fields = {"customer": None, "amount": None, "currency": "EUR", "derived": False} | more
    return (
        {"source": "t", "invoice": invoice, "seq": seq, "type": type_, "at": at}
        | fields
        | {"data": data}
    )


def issued(amount: str = "100.00", at: str = "2020-01-01", **more: Any) -> dict[str, Any]:
    return fact("invoice-issued", at, 1, amount=amount, **more)


def write(path: Path, *facts: dict[str, Any] | str) -> Source:
    lines = (one if isinstance(one, str) else json.dumps(one) for one in facts)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Source(str(path))


def bring(session: TenantSession, source: Source, days: int | None = 30) -> Summary:
    return import_file(session, source, Options(Terms(days), by="anna"))


def rejects(summary: Summary) -> list[dict[str, Any]]:
    assert summary.rejects
    return [json.loads(line) for line in Path(summary.rejects).read_text("utf-8").splitlines()]


@pytest.fixture
def brought(session: TenantSession, tmp_path: Path) -> Any:
    """Imports these facts, all of which are taken, and gives the invoice."""

    def bring_in(*facts: dict[str, Any]) -> Invoice:
        summary = bring(session, write(tmp_path / "f.jsonl", *facts))
        assert (summary.imported + summary.noted, summary.rejected) == (len(facts), 0)
        return session.ledger.book(INVOICE, "A1").state

    return bring_in


def flagged(session: TenantSession) -> list[str]:
    id_ = session.ledger.id_of(INVOICE, "A1")
    return [flag for entry in session.ledger.history(id_) for flag in entry.flags]


def test_a_local_midnight_keeps_its_day(brought: Any) -> None:
    invoice = brought(issued(at="2006-07-24T00:00:00+02:00"))
    assert (invoice.issued_on, invoice.due_on) == (date(2006, 7, 24), date(2006, 8, 23))


@pytest.mark.parametrize("at", ["2006-07-24", "2006-07-24T00:00:00+14:00", "2006-07-24T23:59:59Z"])
def test_the_date_is_the_one_that_is_written(at: str) -> None:
    assert Line("t", "A1", 1, "other", at).on == date(2006, 7, 24)


def test_two_facts_of_one_day_keep_the_order_of_the_file(
    session: TenantSession, brought: Any
) -> None:
    day = "2020-02-01"
    brought(issued(), fact("payment-received", day, 2, amount="100.00"), fact("reminded", day, 3))
    topics = [e.event.topic for e in session.ledger.history(session.ledger.id_of(INVOICE, "A1"))]
    assert topics == ["invoice-registered.v1", "payment-received.v1", "reminder-sent.v1"]
    assert flagged(session).count(Flag.AFTER_SETTLEMENT) == 1


def test_fifteen_instalments_an_overpayment_and_nothing_at_all(
    session: TenantSession, brought: Any
) -> None:
    payments = [fact("payment-received", f"2020-02-{n:02}", n, amount="7.00") for n in range(2, 17)]
    nothing = fact("payment-received", "2020-03-01", 17, amount="0.00")
    invoice = brought(issued(), *payments, nothing)
    assert (len(invoice.payments), invoice.open_amount) == (16, Decimal("-5.00"))
    assert {Flag.OVERPAID, Flag.ZERO_AMOUNT} <= set(flagged(session))


def test_an_invoice_and_a_fee_of_nothing_are_facts_too(
    session: TenantSession, brought: Any
) -> None:
    brought(issued(amount="0.00"), fact("late-fee-added", "2020-02-01", 2, amount="0.00"))
    assert flagged(session).count(Flag.ZERO_AMOUNT) == 2


def test_a_dispute_raised_before_the_invoice_was_sent(session: TenantSession, brought: Any) -> None:
    opened = fact("dispute-opened", "2020-01-02", 2, data={"channel": "judge", "reason": "odd"})
    invoice = brought(issued(), opened, fact("invoice-sent", "2020-01-05", 3))
    (case,) = invoice.disputes.values()
    assert (case.reason, case.opened_on) == (Reason.OTHER, date(2020, 1, 2))
    assert Flag.DISPUTED_BEFORE_SENT in flagged(session)


def test_a_result_before_the_opening_stays_a_case_of_its_own(
    session: TenantSession, brought: Any
) -> None:
    there = {"channel": "prefecture"}
    result = fact("resolved", "2020-02-01", 2, data=there | {"outcome": "rejected"})
    told = fact("result-notified", "2020-02-02", 3, data=there)
    opened = fact("dispute-opened", "2020-02-03", 4, data=there | {"reason": "price"})
    untold, case = brought(issued(), result, told, opened).disputes.values()
    assert (untold.opened, untold.outcome) == (False, Outcome.REJECTED)
    assert (untold.settled_on, case.is_open) == (date(2020, 2, 2), True)
    assert Flag.RESULT_BEFORE_OPENING in flagged(session)


def test_two_channels_are_two_cases(brought: Any) -> None:
    judge, prefecture = {"channel": "judge"}, {"channel": "prefecture"}
    invoice = brought(
        issued(),
        fact("dispute-opened", "2020-02-01", 2, data=judge),
        fact("dispute-opened", "2020-02-02", 3, data=prefecture),
        fact("resolver-assigned", "2020-02-03", 4, data=prefecture),
        fact("resolved", "2020-02-04", 5, data=prefecture | {"outcome": "upheld"}),
        fact("resolved", "2020-02-05", 6, data=prefecture),
    )
    first, second = invoice.disputes.values()
    assert (first.resolver, first.resolved_on) == ("", date(2020, 2, 5))
    assert (first.outcome, second.outcome) == (Outcome.WITHDRAWN, Outcome.CREDITED)
    assert second.assigned_on == date(2020, 2, 3)


def test_an_assignment_after_the_hand_off(session: TenantSession, brought: Any) -> None:
    invoice = brought(
        issued(),
        fact("dispute-opened", "2020-02-01", 2),
        fact("handed-off", "2020-02-02", 3),
        fact("resolver-assigned", "2020-02-03", 4),
    )
    assert invoice.agency == "collection agency"
    assert Flag.AFTER_HAND_OFF in flagged(session)


def test_what_the_rules_refuse_is_kept_as_a_note(session: TenantSession, tmp_path: Path) -> None:
    off = [fact("handed-off", f"2020-02-0{n}", n) for n in (2, 3)]
    source = write(tmp_path / "f.jsonl", issued(), *off, fact("closed", "2020-02-04", 4))
    summary = bring(session, source)
    assert (summary.imported, summary.noted, summary.rejected) == (3, 1, 0)
    again = bring(session, source)
    assert (again.already_there, again.entries) == (4, 0)


def test_each_type_there_is(brought: Any) -> None:
    invoice = brought(
        issued(customer="0042", data={"customer_name": "Smith  "}),
        fact("invoice-sent", "2020-01-02", 2, data={"charge": "11.00"}),
        fact("invoice-delivered", "2020-01-03", 3),
        fact("late-fee-added", "2020-02-03", 4, amount="5.00"),
        fact("credit-note-issued", "2020-02-04", 5, amount="16.00"),
        fact("payment-block-set", "2020-02-05", 6),
        fact("other", "2020-02-06", 7, data={"activity": "Wait"}),
        fact("closed", "2020-02-07", 8),
    )
    assert (invoice.debtor, invoice.settled_per_erp) == ("0042", Decimal("100.00"))
    assert (len(invoice.holds), invoice.delivered_on) == (1, date(2020, 1, 3))


def test_a_debtor_is_registered_once_with_its_zeros(session: TenantSession, tmp_path: Path) -> None:
    name = {"customer_name": "Smith  ", "customer_segment": "consumer"}
    lines = [issued(customer="0042", invoice=f"A{n}", data=name) for n in range(3)]
    assert bring(session, write(tmp_path / "f.jsonl", *lines)).debtors == 1
    book = session.ledger.book(DEBTOR, "0042")
    assert (book.state.number, book.state.name, book.state.line) == ("0042", "Smith", 1)
    assert book.state.segment == "consumer"


def test_rejected_lines_say_where_and_why(session: TenantSession, tmp_path: Path) -> None:
    source = write(
        tmp_path / "f.jsonl",
        issued(customer="D1"),
        "{nonsense",
        issued(invoice="B", at="2020-13-01"),
        issued(invoice="C", amount="1.005"),
        issued(invoice="D", amount="-1"),
        fact("vanished", "2020-01-01", 2),
        fact("reminded", "2020-01-01", 2, invoice="C"),
        {"source": "t"},
        fact("payment-received", "2020-01-01", 2),
        issued(invoice="E", customer="D2", amount="1.005"),
    )
    summary = bring(session, source)
    assert (summary.lines, summary.imported, summary.rejected) == (10, 1, 9)
    found = [(one["line"], one["field"]) for one in rejects(summary)]
    fields = [None, "at", "amount", "amount", "type", "invoice", "invoice", "amount", "amount"]
    assert found == list(zip(range(2, 11), fields, strict=True))
    assert "There is no invoice C" in rejects(summary)[5]["reason"]
    codes = ["too-many-decimals", "no-invoice", "too-many-decimals"]
    assert [one["code"] for one in rejects(summary) if one["code"] != "invalid"] == codes
    assert rejects(summary)[0]["raw"] == "{nonsense"
    assert not session.ledger.book(DEBTOR, "D2").state.known


def test_without_due_dates_it_asks_for_terms(session: TenantSession, tmp_path: Path) -> None:
    summary = bring(session, write(tmp_path / "f.jsonl", issued()), days=None)
    assert summary.rejected == 1
    assert "--terms DAYS" in rejects(summary)[0]["reason"]


def test_files_that_cannot_be_read(session: TenantSession, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    with pytest.raises(CannotImport, match=r"empty\.jsonl is empty"):
        bring(session, Source(str(empty)))
    with pytest.raises(CannotImport, match="No such file"):
        bring(session, Source(str(tmp_path / "gone.jsonl")))
    torn = tmp_path / "torn.jsonl.gz"
    torn.write_bytes(gzip.compress(json.dumps(issued()).encode() * 50)[:-9])
    with pytest.raises(CannotImport, match="after line"):
        bring(session, Source(str(torn)))


def test_the_road_fines(session: TenantSession, data: Path, tmp_path: Path) -> None:
    """All 279,146 events; the figures are those of ``convert/stats.py``."""
    packed = data / "road_fines" / "road_fines_0-4_of_10.xes.gz"
    out = tmp_path / "fines.jsonl.gz"
    convert = [sys.executable, str(data / "convert" / "road_fines.py"), str(packed), str(out)]
    subprocess.run(convert, check=True, capture_output=True)
    summary = bring(session, Source(str(out)), days=60)
    assert (summary.lines, summary.imported, summary.rejected) == (279_146, 279_146, 0)
    assert summary.invoices == 74_699
    openings = causes = 0
    to_resolve, to_assign = list[int](), list[int]()
    for invoice, found in _books(session):
        causes += found
        for case in invoice.disputes.values():
            openings += case.opened
            if case.opened_on and case.resolved_on:
                to_resolve.append((case.resolved_on - case.opened_on).days)
            if case.opened_on and case.assigned_on:
                to_assign.append((case.assigned_on - case.opened_on).days)
    assert (causes, openings) == (279_146, 2_342)
    assert (len(to_resolve), median(to_resolve)) == (482, 90)
    assert (len(to_assign), median(to_assign)) == (2_031, 43)


def _books(session: TenantSession) -> Iterator[tuple[Invoice, int]]:
    with session.pool.connection() as conn:
        for id_, entries in iter_books(conn, session.tenant, ALL):
            book = replay(INVOICE, id_, entries)
            yield book.state, len(book.causes)
