"""A table that nobody described: its kind, columns, separator, encoding and days."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from api.importing import workbook
from api.importing.formats.layout import mapping
from api.importing.formats.profiles import layout_of
from api.importing.formats.rows import ListReader
from api.importing.line_commands import CannotImport
from api.importing.options import Format, ImportOptions
from api.importing.recognise import date_form, options_for, table_in
from api.importing.source import Source
from ledger.facts.codes import MoneyKind
from support.cli import CliUser
from support.import_files import workbook_of


@pytest.mark.parametrize(
    ("text", "format_", "columns", "form"),
    [
        (
            "Rechnungsnummer;Kundennr;Offener Betrag;Rechnungsdatum;Fälligkeitsdatum\n"
            "R-1;K-1;1.200,00;01.02.2026;15.02.2026\n",
            "open-items",
            {"invoice": "Rechnungsnummer", "debtor": "Kundennr", "open_amount": "Offener Betrag",
             "issued": "Rechnungsdatum", "due": "Fälligkeitsdatum"},
            "%d.%m.%Y",
        ),
        (
            "N° facture\tClient\tSolde\tDate de facture\tÉchéance\n"
            "F1\tC1\t3\t31/01/2026\t28/02/2026\n",
            "open-items",
            {"invoice": "N° facture", "debtor": "Client", "open_amount": "Solde",
             "issued": "Date de facture", "due": "Échéance"},
            "%d/%m/%Y",
        ),
        (
            "InvoiceNumber,CustomerID,InvoiceDate,DueDate,Amount\nA-1,C-1,03/25/2026,04/24/2026,9\n",
            "open-items",
            {"invoice": "InvoiceNumber", "debtor": "CustomerID", "amount": "Amount",
             "issued": "InvoiceDate", "due": "DueDate"},
            "%m/%d/%Y",
        ),
        (
            "Debiteurnr|Naam|E-mailadres|Plaats|Land\nD-1|Smit|a@b.example|Ede|NL\n",
            "debtors",
            {"number": "Debiteurnr", "name": "Naam", "email": "E-mailadres", "city": "Plaats",
             "country": "Land"},
            None,
        ),
    ],
)  # fmt: skip
def test_a_list_in_each_language(
    text: str, format_: str, columns: dict[str, str], form: str | None
) -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        found = options_for(table_in(text.encode(encoding)))
        assert (found.format, mapping(found.map, {}), found.date_format) == (
            *(Format(format_), columns, form),
        ), encoding


def test_a_known_system_is_recognised_whole() -> None:
    sap = b"BELNR,KUNNR,BLART,WRSHB,FAEDT\n1,2,RV,3,20260101\n"
    assert options_for(table_in(sap)).profile == "sap-fbl5n"
    debtors = b"KUNNR;NAME1;ORT01;SMTP_ADDR\n1;Smit;Ede;a@b.example\n"
    found = options_for(table_in(debtors))
    assert (found.profile, found.format) == ("sap-kna1", Format.DEBTORS)


def test_a_day_that_two_forms_fit_is_day_before_month() -> None:
    table = table_in(b"no,issued\n1,03/04/2026\n2,05/06/2026\n")
    assert date_form(table, {"issued": "issued"}) == "%d/%m/%Y"
    mixed = table_in(b"no,issued\n1,03/04/2026\n2,2026-06-05\n3,soon\n")
    assert date_form(mixed, {"issued": "issued"}) is None


def test_lines_without_a_type_are_what_the_option_says(tmp_path: Path) -> None:
    file = tmp_path / "payments.csv"
    file.write_text("no,who,amount,day\nP-1,D-7,12.50,2026-01-05\n", "utf-8")
    columns = {"invoice": "no", "debtor": "who", "amount": "amount", "issued": "day"}
    layout = layout_of(None, columns, mapping(["=payment"], {}), None, None)
    [item] = ListReader(Source(str(file)), layout).items()
    assert (item.money, item.open_amount, item.issued) == (  # type: ignore[union-attr]
        *(MoneyKind.PAYMENT, Decimal("12.50"), date(2026, 1, 5)),
    )


def test_a_field_is_left_out_by_an_empty_column() -> None:
    options = ImportOptions(format=Format.DEBTORS, map=["number=no", "email="])
    layout = options.form()
    assert "email" not in layout.optional  # type: ignore[union-attr]
    assert "phone" in layout.optional  # type: ignore[union-attr]


HEAD = '<row><c t="str"><v>Invoice</v></c><c t="str"><v>Amount</v></c></row>'


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "1E9999999", "-1E-9999999", "x"])
def test_a_cell_of_a_workbook_that_is_no_number_stays_as_it_is(number: str) -> None:
    row = f'<row><c s="1"><v>{number}</v></c><c><v>{number}</v></c></row>'
    styles = '<xf numFmtId="0"/><xf numFmtId="14"/>'
    assert table_in(workbook_of(HEAD + row, styles=styles)).rows == [[number, number]]


@pytest.mark.parametrize(
    "cell", ['<c t="s"><v>7</v></c>', '<c s="-9"><v>7</v></c>', '<c t="s"><v>x</v></c>']
)
def test_a_workbook_that_names_what_it_has_not_is_damaged(cell: str) -> None:
    with pytest.raises(CannotImport, match="locked or damaged"):
        table_in(workbook_of(f"{HEAD}<row>{cell}</row>"))


def test_a_workbook_with_a_damaged_part_is_refused() -> None:
    rows = "".join(f"<row><c><v>{n}</v></c><c><v>{n * 7}</v></c></row>" for n in range(500))
    content = bytearray(workbook_of(HEAD + rows))
    begin = content.index(b"sheet1.xml") + 60
    content[begin : begin + 5] = bytes(5)
    with pytest.raises(CannotImport, match="cannot be read"):
        table_in(bytes(content))


@pytest.mark.parametrize("cell", ['<c t="s"><v>0</v></c>', '<c r="XFD2"><v>1</v></c>'])
def test_a_small_workbook_writes_no_endless_text(
    cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_WRITTEN", 1_000_000)
    content = workbook_of(HEAD + f"<row>{cell}</row>" * 200, f"<si><t>{'x' * 16_000}</t></si>")
    assert len(content) < 3_000
    with pytest.raises(CannotImport, match="bytes of text"):
        table_in(content)


def test_lines_that_end_as_on_an_old_macintosh_are_read() -> None:
    found = table_in(b"Invoice;Amount\rF-1;10,00\r")
    assert (found.header, found.rows) == (["Invoice", "Amount"], [["F-1", "10,00"]])


@pytest.mark.parametrize(
    "head", ["Invoice\0 number;Amount", f"Invoice;{'x' * 200_000};Amount", 'Invoice;"Amount']
)
def test_a_header_that_no_reader_takes_is_no_table(head: str) -> None:
    with pytest.raises(CannotImport, match="no table"):
        table_in(f"{head}\nF-1;2;3\nF-2;2;3\n".encode())


def test_a_full_list_is_checked_without_writing(cli: CliUser, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("no,open,issued,due\nF-1,10.00,2026-01-05,2026-02-04\n", "utf-8")
    maps = ("invoice=no", "open_amount=open", "issued=issued", "due=due")
    columns = [part for pair in maps for part in ("--map", pair)]
    options = ("--format", "open-items", *columns, "--full-list", "--as-of", "2026-03-01")
    dry = cli("import", str(file), *options, "--dry-run", "--yes").ok()
    assert "nothing was written" in dry.err
    assert "1 imported" in dry.out
    again = cli("import", str(file), *options, "--yes").ok()
    assert "1 imported" in again.out, "the day of a list that was only checked is free"
