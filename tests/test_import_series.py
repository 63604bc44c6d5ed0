"""Lines of a history that are numbered: compared, put in order, or named; none stops the others."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from api.importing.formats.history_commands import Terms
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.importing.summary import Summary
from api.session import TenantSession
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Invoice


def fact(type_: str, seq: int, at: str, invoice: str = "A1", **more: Any) -> dict[str, Any]:
    return {"source": "erp", "invoice": invoice, "seq": seq, "type": type_, "at": at, **more}


def issued(invoice: str = "A1", **more: Any) -> dict[str, Any]:
    fields = {"amount": "100.00", "currency": "EUR", "customer": "007"} | more
    return fact("invoice-issued", 1, "2026-01-01", invoice, **fields)


def paid(amount: str, seq: int = 2, at: str = "2026-02-01", **more: Any) -> dict[str, Any]:
    return fact("payment-received", seq, at, amount=amount, **more)


@pytest.fixture
def numbered(session: TenantSession, tmp_path: Path) -> Any:
    """Imports these lines; bytes are taken as they are."""

    def bring_in(*lines: Any, name: str = "f.jsonl", days: int = 30) -> Summary:
        path = tmp_path / name
        raw = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
        path.write_bytes(b"\n".join(raw) + b"\n")
        return import_file(session, Source(str(path)), Options(Terms(days), by="anna"))

    return bring_in


def invoice(session: TenantSession, number: str = "A1") -> Invoice:
    return session.ledger.book(INVOICE, number).state


def rejects(summary: Summary) -> list[dict[str, Any]]:
    assert summary.rejects
    return [json.loads(line) for line in Path(summary.rejects).read_text("utf-8").splitlines()]


def test_the_same_number_with_another_amount_is_rejected(
    session: TenantSession, numbered: Any
) -> None:
    numbered(issued(), paid("40.00"))
    summary = numbered(issued(), paid("60.00"))
    assert (summary.already_there, summary.rejected, summary.entries) == (1, 1, 0)
    [found] = rejects(summary)
    assert (found["line"], found["field"], found["code"]) == (2, "amount", "imported-otherwise")
    assert found["reason"] == ("erp:A1:2 was imported before, with amount 40.00; here it is 60.00.")
    assert invoice(session).open_amount == 60


def test_the_same_number_twice_in_one_file_is_compared_too(
    session: TenantSession, numbered: Any
) -> None:
    summary = numbered(issued(), paid("40.00"), paid("40.00"), paid("7.00"))
    assert (summary.imported, summary.already_there, summary.rejected) == (2, 1, 1)
    assert invoice(session).open_amount == 60


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (issued(), issued(amount="90.00"), "amount"),
        (issued(), issued(customer="008"), "customer"),
        (issued(), issued(currency="USD"), "currency"),
        (issued(data={"due": "2026-02-01"}), issued(data={"due": "2026-03-01"}), "data.due"),
        (issued(), issued() | {"at": "2026-01-02"}, "at"),
        (issued(), issued() | {"type": "reminded"}, "type"),
    ],
)
def test_other_content_names_its_field(
    session: TenantSession, numbered: Any, before: Any, after: Any, field: str
) -> None:
    numbered(before)
    summary = numbered(after)
    assert [one["field"] for one in rejects(summary)] == [field]
    assert summary.entries == 0


def test_an_export_that_numbers_from_one_again_is_rejected_whole(
    session: TenantSession, numbered: Any
) -> None:
    numbered(issued(), paid("10.00"), fact("reminded", 3, "2026-02-03"))
    summary = numbered(
        paid("20.00", 1, "2026-03-01"),
        paid("30.00", 2, "2026-03-02"),
        fact("reminded", 3, "2026-03-03"),
    )
    assert (summary.rejected, summary.entries) == (3, 0)
    assert [one["field"] for one in rejects(summary)] == ["type", "amount", "at"]


def test_what_became_a_note_is_compared_too(session: TenantSession, numbered: Any) -> None:
    off = [fact("handed-off", seq, f"2026-02-0{seq}") for seq in (2, 3)]
    closed = fact("closed", 4, "2026-02-09", data={"comment": "done"})
    other = fact("other", 5, "2026-02-09", data={"note": "A call"})
    first = numbered(issued(), *off, paid("100.00", 6), closed | {"seq": 7}, other)
    again = numbered(issued(), *off, paid("100.00", 6), closed | {"seq": 7}, other)
    assert (again.already_there, again.rejected) == (first.lines, 0)
    summary = numbered(other | {"data": {"note": "Another call"}})
    assert rejects(summary)[0]["field"] == "type"


def test_options_are_no_content(session: TenantSession, numbered: Any) -> None:
    line = {key: value for key, value in issued().items() if key != "currency"}
    numbered(line, days=30)
    assert numbered(line, days=60).already_there == 1


def test_lines_of_one_invoice_are_put_in_order(session: TenantSession, numbered: Any) -> None:
    """As in a file that a query without an order wrote: mixed within each case."""

    def case(number: str) -> list[dict[str, Any]]:
        return [
            issued(number),
            fact("dispute-opened", 2, "2026-02-01", number),
            fact("resolver-assigned", 3, "2026-02-03", number),
            fact("resolved", 4, "2026-02-10", number, data={"outcome": "rejected"}),
        ]

    lines = list[dict[str, Any]]()
    for n in range(1, 1_001):
        mixed = case(f"B{n}")
        Random(n).shuffle(mixed)
        lines += mixed
    summary = numbered(*lines)
    assert (summary.imported, summary.rejected, summary.late) == (4_000, 0, 0)
    for n in range(1, 1_001):
        [found] = invoice(session, f"B{n}").disputes.values()
        assert (found.opened, found.status) == (True, "resolved")
        assert found.opened_on is not None
        assert found.resolved_on is not None
    assert numbered(*lines).already_there == 4_000


def test_a_line_that_comes_after_a_later_one_is_named(
    session: TenantSession, numbered: Any
) -> None:
    numbered(issued(), paid("10.00", 3))
    summary = numbered(paid("5.00", 4), paid("20.00", 2))
    assert (summary.imported, summary.late, summary.late_lines) == (2, 1, [2])
    assert invoice(session).open_amount == 65


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        (json.dumps(issued("X", data={"company": "caf?"})).replace("?", "é").encode("latin-1"),
         "data.company"),
        (json.dumps(issued("X")).replace("007", "00\xe9").encode("latin-1"), "customer"),
        (b'{"source": "\xe9', None),
        (issued("X\0"), "invoice"),
        (issued("X") | {"source": "e\0rp"}, "source"),
        (issued("X") | {"at": "1802-01-01"}, "at"),
        (issued("X", customer="D" * 101), "customer"),
        (issued("X", currency="euro"), "currency"),
        (issued("X", data={"due": "3500-01-01"}), "data.due"),
        (issued("X", amount="1e30"), "amount"),
        (issued("X", amount="NaN"), "amount"),
        (paid("5.00", invoice="X"), "invoice"),
        (issued("X") | {"seq": "one"}, "seq"),
        (b'{"source": "erp", "invoice": "\\ud800", "seq": 1, "type": "other", "at": "2026-01-01"}',
         None),
        (b"[]", None),
    ],
)  # fmt: skip
def test_one_line_stops_no_other(
    session: TenantSession, numbered: Any, odd: Any, field: str | None
) -> None:
    summary = numbered(issued("A1"), odd, issued("A2"))
    assert (summary.lines, summary.imported, summary.rejected) == (3, 2, 1)
    [found] = rejects(summary)
    assert (found["line"], found["field"]) == (2, field)
    assert found["reason"]
    assert "pattern" not in found["reason"]
