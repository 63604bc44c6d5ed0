"""Nightly lists that are broken close nothing, and lines that cannot be taken stop no others."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from api.importing.formats import csv_rows
from api.importing.formats.layout import Layout
from api.importing.formats.profiles import PROFILES
from api.importing.formats.snapshot import SnapshotPlan
from api.importing.line_commands import CannotImport
from api.importing.run import Options, import_file
from api.importing.source import MAX_EMPTY_LINES, Source
from api.importing.summary import Summary
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.invoice.state import Invoice
from support.cli import CliUser

AS_OF = date(2026, 3, 1)
COLUMNS = {
    "invoice": "No",
    "debtor": "Customer",
    "debtor_name": "Name",
    "open_amount": "Open",
    "issued": "Date",
    "due": "Due",
    "currency": "Cur",
}
LAYOUT = Layout(name="erp", columns=COLUMNS)
HEADER = "No,Customer,Name,Open,Date,Due,Cur"
MANY = 50


def row(
    number: object,
    amount: str = "100.00",
    name: str = "Smith",
    debtor: str = "007",
    issued: str = "2026-01-05",
    due: str = "2026-02-04",
    currency: str = "EUR",
) -> str:
    return f"{number},{debtor},{name},{amount},{issued},{due},{currency}"


@pytest.fixture
def received(session: TenantSession, tmp_path: Path) -> Any:
    """Imports a text; with ``as_of`` it is all that is open."""

    def bring_in(text: str | bytes, layout: Layout = LAYOUT, **how: Any) -> Summary:
        path = tmp_path / "list.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_file(session, Source(str(path)), Options(layout, by="anna"), **how)

    return bring_in


def text_of(*rows: str, header: str = HEADER) -> str:
    return "".join(f"{line}\n" for line in (header, *rows))


def invoice(session: TenantSession, number: object) -> Invoice:
    return session.ledger.book(INVOICE, str(number)).state


def rejects(summary: Summary) -> list[dict[str, Any]]:
    assert summary.rejects
    return [json.loads(line) for line in Path(summary.rejects).read_text("utf-8").splitlines()]


def open_numbers(session: TenantSession) -> set[int]:
    return {n for n in range(MANY) if invoice(session, n).open_amount > 0}


ALL = [row(n) for n in range(MANY)]


@pytest.mark.parametrize(
    "broken",
    [
        text_of(*ALL[:40], row(40, name='"Smith'), *ALL[41:]),
        text_of(*ALL[:40], row(40, name='"Smith'), *ALL[41:48], row(48, name='"Jones"'), ALL[49]),
        text_of(*ALL[:45])[:-1],
        text_of(*ALL[:45], ALL[45][:9])[:-1],
        text_of(*ALL[:45], row(45, amount="much")),
        text_of(*ALL[:45], row("")),
    ],
    ids=["unclosed", "unclosed until the next", "no end", "cut off", "an odd amount", "no number"],
)
def test_a_broken_list_closes_nothing(session: TenantSession, received: Any, broken: str) -> None:
    received(text_of(*ALL))
    summary = received(broken, as_of=AS_OF)
    assert (summary.closed, summary.rejected) == (0, 1)
    assert summary.file_lines == len(broken.splitlines())
    assert open_numbers(session) == set(range(MANY))


def test_what_a_broken_list_lacks_is_closed_when_told_so(
    session: TenantSession, received: Any
) -> None:
    received(text_of(*ALL))
    summary = received(text_of(*ALL[:45], row("")), as_of=AS_OF, close_anyway=True)
    assert (summary.closed, summary.left_open, summary.rejected) == (5, 0, 1)
    assert open_numbers(session) == set(range(45))


def test_a_line_that_is_refused_while_it_is_written_keeps_the_list_from_closing(
    session: TenantSession, received: Any
) -> None:
    """That 1.005 has too many decimals is found only when the line is decided."""
    received(text_of(*ALL))
    summary = received(text_of(*ALL[:45], row("new", amount="1.005")), as_of=AS_OF)
    assert (summary.rejected, summary.closed, summary.left_open) == (1, 0, 5)


def test_an_unclosed_quotation_mark_costs_one_line(session: TenantSession, received: Any) -> None:
    rows = [*ALL[:40], row(40, name='"Smith'), *ALL[41:48], row(48, name='"Jones, Ltd"'), ALL[49]]
    summary = received(text_of(*rows))
    assert (summary.imported, summary.rejected, summary.lines) == (49, 1, 50)
    [found] = rejects(summary)
    assert (found["line"], found["field"]) == (42, "Name")
    assert "quotation mark" in found["reason"]
    assert session.ledger.book(DEBTOR, "007").state.name == "Smith"
    assert not invoice(session, 40).known


def test_a_cell_of_several_lines_is_a_cell(session: TenantSession, received: Any) -> None:
    rows = [row(1, name='"Smith\nStreet 1, House 2\nTown"'), row(2, name='"a ""b"" c"', debtor="8")]
    assert received(text_of(*rows)).imported == 2
    assert session.ledger.book(DEBTOR, "007").state.name == "Smith Street 1, House 2 Town"
    assert session.ledger.book(DEBTOR, "8").state.name == 'a "b" c'


def test_a_million_lines_after_a_quotation_mark_are_not_kept() -> None:
    def lines() -> Iterator[str]:
        yield "a,b\n"
        yield 'x,"y\n'
        for _ in range(200_000):
            yield "p,q\n"

    found = sum(row.cells is not None for row in csv_rows.read(lines(), ","))
    assert found == 200_001


def test_a_doubled_column_is_refused(received: Any) -> None:
    doubled = text_of(f"{row(1)},0.00", header=f"{HEADER},Open")
    with pytest.raises(CannotImport, match="has the column Open more than once"):
        received(doubled)
    assert received(text_of(f"{row(1)},a,b", header=f"{HEADER},Other,Other")).imported == 1


def test_what_is_settled_to_nothing_counts_in_the_guard(
    session: TenantSession, received: Any
) -> None:
    received(text_of(*ALL))
    nothing = text_of(*(row(n, amount="0.00") for n in range(MANY)))
    with pytest.raises(CannotImport, match=r"50 have nothing open.*more than 20%.*--close-most"):
        received(nothing, as_of=AS_OF)
    assert open_numbers(session) == set(range(MANY))
    both = text_of(*(row(n, amount="0.00" if n < 6 else "100.00") for n in range(MANY - 5)))
    with pytest.raises(CannotImport, match=r"5 of the 50 .* and 6 have nothing open"):
        received(both, as_of=AS_OF)
    assert received(nothing, as_of=AS_OF, close_most=True).imported == MANY
    assert open_numbers(session) == set()


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        (row("X", issued="1802-01-01"), "Date", "is not between 1900-01-01"),
        (row("X", name="Sm\0ith"), "Name", "the character NUL"),
        (row("X", currency="EURO"), "Cur", "'EURO' is not a currency; write its three letters"),
        (row("X" * 101), "No", "more than 100 characters"),
        (row("X", debtor="D" * 101), "Customer", "more than 100 characters"),
        (row("X", amount="1" * 19), "Open", "is not an amount"),
        (row("X", amount="1.00001"), "Open", "has more than 4 decimals"),
        (row("X") + ",7,8", "Cur", "9 values for 7 columns"),
        (row("X", name=" "), None, None),
    ],
)
def test_one_line_stops_no_other(
    session: TenantSession, received: Any, odd: str, field: str | None, why: str | None
) -> None:
    summary = received(text_of(row(1), odd, row(2)))
    if why is None:
        assert (summary.imported, summary.rejected) == (3, 0)
        return
    assert (summary.lines, summary.imported, summary.rejected) == (3, 2, 1)
    [found] = rejects(summary)
    assert (found["line"], found["field"]) == (3, field)
    assert why in found["reason"]
    assert not invoice(session, "X").known


def test_excel_names_the_delimiter_itself(session: TenantSession, received: Any) -> None:
    rows = text_of(row(1), row(2, amount="x")).replace(",", ";")
    summary = received(f"sep=;\n{rows}")
    assert (summary.imported, summary.file_lines) == (1, 4)
    assert (rejects(summary)[0]["line"], rejects(summary)[0]["field"]) == (4, "Open")
    assert invoice(session, 1).debtor == "007"


def test_the_rejects_of_an_earlier_run_are_removed(received: Any, tmp_path: Path) -> None:
    beside = tmp_path / "list.csv.rejects.jsonl"
    received(text_of(row(1, amount="x")))
    assert beside.exists()
    assert received(text_of(row(1))).rejects is None
    assert not beside.exists()


def test_a_list_of_an_earlier_day_is_refused(session: TenantSession, received: Any) -> None:
    received(text_of(*ALL), as_of=date(2026, 3, 3))
    with pytest.raises(CannotImport, match=r"2026-03-03 was imported already.*02 is older"):
        received(text_of(*ALL[:45]), as_of=date(2026, 3, 2))
    assert open_numbers(session) == set(range(MANY))
    assert received(text_of(*ALL[:45]), as_of=date(2026, 3, 3)).closed == 5


def test_a_list_that_was_not_agreed_to_is_not_remembered(received: Any) -> None:
    with pytest.raises(CannotImport, match="Nothing was written"):
        received(text_of(*ALL), as_of=date(2026, 3, 3), confirm=lambda _: False)
    assert received(text_of(*ALL), as_of=date(2026, 3, 2)).imported == MANY


@pytest.mark.parametrize("how", [{}, {"as_of": AS_OF}], ids=["a list", "a full list"])
def test_what_the_list_says_otherwise_is_corrected(
    session: TenantSession, received: Any, how: dict[str, Any]
) -> None:
    received(text_of(*ALL))
    changes = [row(0, due="2026-05-01"), row(1, debtor="008", name="Jones"), *ALL[2:]]
    summary = received(text_of(*changes), **how)
    assert (summary.imported, summary.already_there, summary.rejected) == (2, 48, 0)
    assert invoice(session, 0).due_on == date(2026, 5, 1)
    assert invoice(session, 1).debtor == "008"
    assert session.ledger.book(DEBTOR, "008").state.name == "Jones"
    [_, corrected] = session.ledger.history(session.ledger.id_of(INVOICE, "0"))
    assert corrected.event.why == "list.csv:2 lists it as due on 2026-05-01."
    again = received(text_of(*changes), **how)
    assert (again.entries, again.already_there) == (0, 50)


def test_another_currency_is_rejected_and_settles_nothing(
    session: TenantSession, received: Any
) -> None:
    received(text_of(*ALL))
    rows = [row(0, amount="40.00", due="2026-05-01", currency="USD"), *ALL[1:49]]
    plans = list[SnapshotPlan]()

    def confirm(found: SnapshotPlan) -> bool:
        plans.append(found)
        return True

    summary = received(text_of(*rows), as_of=AS_OF, confirm=confirm)
    assert plans[0].rejected == summary.rejected == 1
    assert (rejects(summary)[0]["line"], rejects(summary)[0]["field"]) == (2, "Cur")
    assert (summary.closed, summary.left_open, summary.entries) == (0, 1, 0)
    assert invoice(session, 0).open_amount == 100


def test_a_date_that_follows_from_the_terms_corrects_nothing(
    session: TenantSession, received: Any
) -> None:
    received(text_of(*ALL))
    layout = replace(LAYOUT, columns={k: v for k, v in COLUMNS.items() if k != "due"}, terms=90)
    assert received(text_of(*ALL), layout).entries == 0


def test_a_raw_export_of_highradius(session: TenantSession, received: Any) -> None:
    """Its debtors are in ``cust_number``, its dates have three forms, paid invoices are in it."""
    header = (
        "business_code,cust_number,name_customer,clear_date,buisness_year,doc_id,posting_date,"
        "document_create_date,document_create_date,due_in_date,invoice_currency,document type,"
        "posting_id,area_business,total_open_amount,baseline_create_date,cust_payment_terms,"
        "invoice_id,isOpen"
    )
    paid = (
        "U001,0200769623,WAL-MAR corp,2020-02-11 00:00:00,2020.0,1930438491,2020-01-26,20200125,"
        "20200126,20200210.0,USD,RV,1.0,,54273.28,20200126.0,NAH4,1930438491,0"
    )
    still_open = (
        "U001,0140104423,PORT us,,2020.0,2960623488,2020-03-11,20200311,20200311,20200325,CAD,"
        "RV,1.0,,3299.7,20200311.0,CA10,2960623488,1"
    )
    summary = received(text_of(paid, still_open, header=header), PROFILES["highradius"])
    assert (summary.imported, summary.rejected) == (2, 0)
    first, second = invoice(session, 1930438491), invoice(session, 2960623488)
    assert (first.debtor, first.due_on) == ("0200769623", date(2020, 2, 10))
    assert (first.settled_on, first.open_amount) == (date(2020, 2, 11), Decimal(0))
    assert (second.open_amount, second.due_on) == (Decimal("3299.7"), date(2020, 3, 25))
    assert received(text_of(paid, still_open, header=header), PROFILES["highradius"]).entries == 0


def test_lines_without_content_end_the_reading(session: TenantSession, tmp_path: Path) -> None:
    path = tmp_path / "nothing.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n".encode() + b"\n" * (MAX_EMPTY_LINES * 50)))
    source = Source(str(path))
    with pytest.raises(CannotImport, match="a million empty lines in a row"):
        import_file(session, source, Options(LAYOUT))
    assert source.count <= MAX_EMPTY_LINES + 2


def test_the_plan_says_which_lines_are_rejected_and_why(cli: CliUser, tmp_path: Path) -> None:
    """Before ``--yes``: whoever is asked must know what is wrong with the list."""
    path = tmp_path / "list.csv"
    mapped = [f"--map={name}={column}" for name, column in COLUMNS.items()]
    command = ("import", path, "--format", "open-items", *mapped)
    path.write_text(text_of(*ALL))
    cli(*command).ok()
    path.write_text(text_of(*ALL[:45], row(45, amount="much"), row(1), row(46, currency="USD")))
    asked = cli(*command, "--full-list", "--as-of", str(AS_OF))
    assert asked.code == 1
    assert "Nothing was written. Look at the plan, then set --yes." in asked.err
    told = asked.out.replace("│", " ")
    for line, field, why in (
        (47, "Open", "'much' is not an amount"),
        (48, "No", "is on line 3 already"),
        (49, "Cur", "is in another currency here"),
    ):
        [found] = [one for one in told.splitlines() if one.split()[:2] == [str(line), field]]
        assert why in found
