"""Lists of open items: mapped columns, rows that cannot be, the nightly full list, real files."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from api.importing.formats.layout import Layout, mapping
from api.importing.formats.profiles import PROFILES, layout_of
from api.importing.formats.snapshot import SnapshotPlan, plan
from api.importing.line_commands import CannotImport, InvalidLine
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.importing.summary import Summary
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event, replay
from ledger.facts.invoice.state import Invoice
from ledger.store.reading import iter_books

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
AS_OF = date(2026, 3, 1)
COLUMNS = {
    "invoice": "No",
    "debtor": "Customer",
    "debtor_name": "Name",
    "open_amount": "Open",
    "issued": "Date",
    "due": "Due",
}
LAYOUT = Layout(name="erp", columns=COLUMNS)
HEADER = "No,Customer,Name,Open,Date,Due"


def row(number: str, amount: str = "100.00", issued: str = "2026-01-05") -> str:
    return f"{number},007,Smith  ,{amount},{issued},2026-02-04"


@pytest.fixture
def listed(session: TenantSession, tmp_path: Path) -> Any:
    """Imports these rows; with ``as_of`` they are all that is open."""

    def bring_in(*rows: str, layout: Layout = LAYOUT, header: str = HEADER, **how: Any) -> Summary:
        path = tmp_path / "list.csv"
        path.write_bytes("\n".join([header, *rows, ""]).encode(layout.encoding))
        return import_file(session, Source(str(path)), Options(layout, by="anna"), **how)

    return bring_in


def invoice(session: TenantSession, number: str) -> Invoice:
    return session.ledger.book(INVOICE, number).state


def topics(session: TenantSession, number: str) -> list[str]:
    return [e.event.topic for e in session.ledger.history(session.ledger.id_of(INVOICE, number))]


def reasons(summary: Summary) -> list[tuple[int, str | None, str]]:
    assert summary.rejects
    found = [json.loads(line) for line in Path(summary.rejects).read_text("utf-8").splitlines()]
    return [(one["line"], one["field"], one["reason"]) for one in found]


def test_a_column_may_say_whose_ladder_is_the_debtors(session: TenantSession, listed: Any) -> None:
    layout = replace(LAYOUT, columns=COLUMNS | {"segment": "Group"})
    other = row("F-2").replace("007", "008")
    listed(f"{row('F-1')},consumer", f"{other},", layout=layout, header=f"{HEADER},Group")
    found = [session.ledger.book(DEBTOR, number).state.segment for number in ("007", "008")]
    assert found == ["consumer", None]


def test_a_row_becomes_an_invoice_and_its_debtor(session: TenantSession, listed: Any) -> None:
    summary = listed(row("0042"))
    assert (summary.lines, summary.imported, summary.debtors) == (1, 1, 1)
    found = invoice(session, "0042")
    assert (found.debtor, found.due_on) == ("007", date(2026, 2, 4))
    assert found.open_amount == 100
    assert session.ledger.book(DEBTOR, "007").state.name == "Smith"
    assert listed(row("0042")).entries == 0


def test_other_alphabets_separators_and_commas(session: TenantSession, listed: Any) -> None:
    layout = replace(LAYOUT, delimiter=";", encoding="cp1252", decimal=",", date_format="%d.%m.%Y")
    one = "0042;7;Bäcker & Söhne;1.234,50;05.01.2026;04.02.2026"
    listed(one, layout=layout, header=HEADER.replace(",", ";"))
    assert invoice(session, "0042").amount == Decimal("1234.50")
    assert session.ledger.book(DEBTOR, "7").state.name == "Bäcker & Söhne"


@pytest.mark.parametrize(
    ("decimal", "text", "amount"),
    [
        (".", "1,234.5", "1234.5"),
        (",", "1.234,5", "1234.5"),
        (",", "1 234,50", "1234.50"),
        (".", "12.5-", "-12.5"),
        (".", "0", "0"),
        (".", ".5", "0.5"),
    ],
)
def test_amounts_as_people_write_them(decimal: str, text: str, amount: str) -> None:
    assert replace(LAYOUT, decimal=decimal).money(text, "amount") == Decimal(amount)


@pytest.mark.parametrize(("decimal", "text"), [(".", "1.234,50"), (",", "12.50"), (".", "-")])
def test_an_amount_that_could_be_another_is_none(decimal: str, text: str) -> None:
    with pytest.raises(InvalidLine):
        replace(LAYOUT, decimal=decimal).money(text, "amount")


def test_rows_that_cannot_be_are_rejected_with_their_line(
    session: TenantSession, listed: Any
) -> None:
    summary = listed(
        row("1"), row("1"), row("", "5"), row("2", "-5"), row("3", "x"), row("4", issued="1/5/26")
    )
    assert (summary.imported, summary.rejected) == (2, 4)  # less than zero is a credit note
    found = [(line, field) for line, field, _ in reasons(summary)]
    assert found == [
        (3, "No"),
        (4, "No"),
        (6, "Open"),
        (7, "Date"),
    ]


def test_nothing_of_a_rejected_row_goes_in(session: TenantSession, listed: Any) -> None:
    layout = replace(LAYOUT, columns=COLUMNS | {"amount": "Total"})
    summary = listed(row("1", "1.005") + ",100.00", layout=layout, header=HEADER + ",Total")
    assert reasons(summary)[0][1] == "Open"
    assert not invoice(session, "1").known
    assert not session.ledger.book(DEBTOR, "007").state.known


def test_a_missing_column_names_those_there_are(listed: Any) -> None:
    with pytest.raises(CannotImport, match=r"no column Due\. It has: No, Customer"):
        listed("1,007,Smith,5,2026-01-01", header="No,Customer,Name,Open,Date")
    with pytest.raises(CannotImport, match="Is the --delimiter right"):
        listed(row("1"), header=HEADER.replace(",", ";"))
    with pytest.raises(CannotImport, match="There is no field colour"):
        listed(row("1"), layout=layout_of(None, mapping(["colour=Red"]), {}, None, None))
    assert mapping(["number=invoice_id"]) == {"invoice": "invoice_id"}


def test_a_line_in_another_encoding_is_rejected_alone(
    session: TenantSession, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{HEADER}\n{row('1')}\n{row('Söhne')}\n{row('3')}\n".encode("cp1252"))
    summary = import_file(session, Source(str(path)), Options(LAYOUT))
    assert (summary.imported, summary.rejected) == (2, 1)
    [(line, field, why)] = reasons(summary)
    assert (line, field) == (3, "No")
    assert "not written in utf-8; set --encoding" in why


def test_less_open_is_settled_and_more_is_noted_once(session: TenantSession, listed: Any) -> None:
    listed(row("1"), row("2"))
    listed(row("1", "40.00"), row("2", "140.00"))
    listed(row("1", "40.00"), row("2", "140.00"))
    assert topics(session, "1") == ["invoice-registered.v1", "settled-per-erp.v1"]
    assert topics(session, "2") == ["invoice-registered.v1", "note-added.v1"]
    assert invoice(session, "1").open_amount == 40


def test_a_full_list_closes_what_is_missing(session: TenantSession, listed: Any) -> None:
    listed(*(row(str(n)) for n in range(10)), row("later", issued="2026-03-02"))
    plans = list[SnapshotPlan]()
    rows = [row("1", "60.00"), *(row(str(n)) for n in range(2, 10)), row("new")]

    def confirm(found: SnapshotPlan) -> bool:
        plans.append(found)
        return True

    summary = listed(*rows, as_of=AS_OF, confirm=confirm)
    found = plans[0]
    counts = [one.count for one in (found.new, found.settled, found.closed, found.same)]
    assert counts == [1, 1, 1, 8]
    assert found.settled.amounts == {"EUR": Decimal(40)}
    assert found.closed.amounts == {"EUR": Decimal(100)}
    assert (summary.lines, summary.closed, summary.imported) == (10, 1, 2)
    assert topics(session, "0")[-1] == "closed-per-erp.v1"
    assert invoice(session, "0").settled_on == AS_OF
    assert topics(session, "later") == ["invoice-registered.v1"]
    again = listed(*rows, as_of=AS_OF)
    assert (again.entries, again.already_there) == (0, 10)


def test_half_a_list_is_refused_unless_told(session: TenantSession, listed: Any) -> None:
    listed(*(row(str(n)) for n in range(10)))
    with pytest.raises(CannotImport, match=r"9 of the 10 .* more than 20%.*--close-most"):
        listed(row("1"), as_of=AS_OF)
    assert invoice(session, "2").open_amount == 100
    with pytest.raises(CannotImport, match="Nothing was written"):
        listed(row("1"), as_of=AS_OF, close_most=True, confirm=lambda _: False)
    assert listed(row("1"), as_of=AS_OF, close_most=True).closed == 9


def test_a_rejected_row_closes_nothing(session: TenantSession, listed: Any) -> None:
    listed(*(row(str(n)) for n in range(10)))
    rows = [row("0", "odd"), *(row(str(n)) for n in range(1, 10))]
    assert listed(*rows, as_of=AS_OF).closed == 0
    summary = listed(row(""), *rows[2:], as_of=AS_OF)
    assert (summary.rejected, summary.closed, summary.left_open) == (1, 0, 2)


def test_a_book_that_others_write_in_is_decided_again(
    session: TenantSession, listed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our looking and our writing somebody else writes in the same book."""
    from api.importing.pipeline import Pipeline
    from commands.context import Context
    from commands.execute import execute
    from commands.invoices.contacts import AddNote

    listed(row("1"))
    decided = Pipeline._decided

    def with_company(road: Pipeline, *given: Any) -> Any:
        found = decided(road, *given)
        if len(session.ledger.history(session.ledger.id_of(INVOICE, "1"))) == 1:
            note = AddNote(invoice="1", text="at the same time")
            execute(session.ledger, [note], Context("ben", AT))
        return found

    monkeypatch.setattr(Pipeline, "_decided", with_company)
    assert listed(row("1", "40.00")).imported == 1
    assert topics(session, "1") == ["invoice-registered.v1", "note-added.v1", "settled-per-erp.v1"]


def test_the_ibm_list(session: TenantSession, data: Path, tmp_path: Path) -> None:
    path = data / "ibm_accounts_receivable" / "WA_Fn-UseC_-Accounts-Receivable.csv"
    layout = replace(PROFILES["ibm-ar"], disputed_on_due=True)
    options = Options(layout, rejects=tmp_path / "rejects.jsonl")
    summary = import_file(session, Source(str(path)), options)
    assert (summary.lines, summary.imported, summary.debtors) == (2466, 2466, 100)
    invoices = list(_invoices(session))
    assert all(one.open_amount == 0 and len(one.number) == 10 for one in invoices)
    disputed = [one for one in invoices if one.disputes]
    rest = [one for one in invoices if not one.disputes]
    assert (len(disputed), _late(disputed), _late(rest)) == (561, 68.3, 25.9)
    assert invoice(session, "0000611365").issued_on == date(2013, 1, 2)
    assert import_file(session, Source(str(path)), options).entries == 0


def test_the_ibm_list_without_inventing_a_date(
    session: TenantSession, data: Path, tmp_path: Path
) -> None:
    path = data / "ibm_accounts_receivable" / "WA_Fn-UseC_-Accounts-Receivable.csv"
    options = Options(PROFILES["ibm-ar"], rejects=tmp_path / "rejects.jsonl")
    assert import_file(session, Source(str(path)), options).imported == 2466
    with session.pool.connection() as conn:
        found = conn.execute(
            "select topic, count(*) from entry where tenant_id = 'default' group by topic"
        ).fetchall()
    counts = {str(topic): int(count) for topic, count in found}
    assert (counts["note-added.v1"], "dispute-opened.v1" in counts) == (561, False)


def test_the_highradius_list(session: TenantSession, data: Path, tmp_path: Path) -> None:
    path = data / "highradius_invoices" / "open.csv"
    options = Options(PROFILES["highradius"], rejects=tmp_path / "rejects.jsonl")
    summary = import_file(session, Source(str(path)), options)
    assert (summary.lines, summary.imported, summary.rejected) == (3982, 3982, 0)
    invoices = list(_invoices(session))
    assert {one.currency for one in invoices} == {"USD", "CAD"}
    assert sum(one.currency == "CAD" for one in invoices) == 527
    assert invoice(session, "1930554118").open_amount == Decimal("11397.72")
    assert session.ledger.book(DEBTOR, "200126819").state.name == "MCLANE"
    with plan(session, Source(str(path)), PROFILES["highradius"], AS_OF) as planned:
        found = (planned.same.count, planned.closed.count, planned.open_before)
        assert found == (3982, 0, 3982)


def _invoices(session: TenantSession) -> Iterator[Invoice]:
    with session.pool.connection() as conn:
        for id_, entries in iter_books(conn, session.tenant, 2**62):
            if kind_of_event(entries[0].event) is INVOICE:
                yield replay(INVOICE, id_, entries).state


def _late(invoices: list[Invoice]) -> float:
    late = sum(one.settled_on is not None and one.settled_on > one.due_on for one in invoices)
    return round(100 * late / len(invoices), 1)
