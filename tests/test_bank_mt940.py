"""MT940 and MT942: the grammar, the dialects of the words, and what is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.bank.mt940 import read_mt940
from api.bank.statement import Balance, BankEntry, Part, Statement, UnreadableFile
from support.bank_files import OWN, Line, mt940_of, statement

CUSTOMER = "NL02RABO0123456789"
LINE = ":61:2611201120C100,00NTRFNONREF//B-1"


def read(text: str) -> Statement:
    [found] = read_mt940(text)
    return found


def entry(line: str, *below: str) -> BankEntry:
    [found] = read(statement(line, *below)).entries
    assert found.trouble == ""
    return found


def words(*lines: str, line: str = LINE) -> Part:
    """Return the payment that these words (:86:) are of."""
    [found] = entry(line, f":86:{lines[0]}", *lines[1:]).parts
    return found


def refused(text: str) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as raised:
        read_mt940(text)
    return raised.value


def test_a_statement_has_its_account_its_number_and_its_balances() -> None:
    found = read(statement(LINE, ":64:C261120EUR90,00"))
    assert (found.format, found.account, found.currency) == ("MT940", OWN, "EUR")
    assert (found.id, found.number) == ("S-1 7/1 261120", "7/1")
    assert found.opening == Balance(date(2026, 11, 19), Decimal(100))
    assert found.closing == Balance(date(2026, 11, 20), Decimal(100))
    assert found.difference == -100


@pytest.mark.parametrize(
    ("written", "account"),
    [
        (OWN, OWN),
        (f"{OWN}EUR", OWN),
        ("NL91 ABNA 0417 1643 00 EUR", OWN),
        (f"ABNANL2A/{OWN}", OWN),
        ("20041111/301086000EUR", "20041111/301086000"),
        ("1291.99.348EUR          ", "1291.99.348"),
        ("UBRTHUHB/1234567/HUF", "UBRTHUHB/1234567"),
        ("TRIODOSBANK/0390123456", "TRIODOSBANK/0390123456"),
    ],
)
def test_an_account_is_its_iban_else_the_number_without_the_currency(
    written: str, account: str
) -> None:
    assert read(statement(LINE).replace(f":25:{OWN}", f":25:{written}")).account == account


@pytest.mark.parametrize(
    ("mark", "amount"),
    [
        ("C", 50),
        ("D", -50),
        ("RC", -50),
        ("RD", 50),
        ("CR", 50),
        ("DR", -50),
        ("RCR", -50),
        ("DD", -50),
        ("EC", 50),
        ("ED", -50),
    ],
)
def test_the_sign_is_the_mark_whatever_letter_of_the_currency_follows(
    mark: str, amount: int
) -> None:
    found = entry(f":61:261120{mark}50,00NTRFNONREF")
    assert found.amount == found.parts[0].amount == amount
    assert found.is_reversal == mark.startswith("R")
    assert found.is_booked != mark.startswith("E")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1210,00", "1210"),
        ("1210,", "1210"),
        ("1210,5", "1210.5"),
        ("000000001210,50", "1210.50"),
        ("1210.50", "1210.50"),
        ("1.210,50", "1210.50"),
        ("1210,505", "1210.505"),
        ("0,00", "0"),
    ],
)
def test_an_amount_has_a_comma_or_a_point_as_some_banks_write_it(written: str, amount: str) -> None:
    assert entry(f":61:261120D{written}NTRFNONREF").amount == -Decimal(amount)


@pytest.mark.parametrize(
    ("written", "booked", "valued"),
    [
        ("2611201121", "2026-11-21", "2026-11-20"),
        ("261120", "2026-11-20", "2026-11-20"),
        ("261120    ", "2026-11-20", "2026-11-20"),
        ("2612310102", "2027-01-02", "2026-12-31"),
        ("2701011231", "2026-12-31", "2027-01-01"),
        ("2602300301", "2026-03-01", "2026-02-28"),
        ("9912311231", "1999-12-31", "1999-12-31"),
    ],
)
def test_the_year_of_booking_is_that_nearest_to_the_value(
    written: str, booked: str, valued: str
) -> None:
    found = entry(f":61:{written}C1,00NTRFNONREF")
    assert (found.booked_on, found.value_on) == (
        date.fromisoformat(booked),
        date.fromisoformat(valued),
    )


@pytest.mark.parametrize(
    ("written", "type_code", "key", "reference"),
    [
        ("NTRFNONREF//B4E07XM00", "NTRF", "B4E07XM00", ""),
        ("NTRFINV-2026-00042//PSP7F3A9", "NTRF", "PSP7F3A9", "INV-2026-00042"),
        ("NTRFINVOICE-2026-0000042//PSP7F3A9", "NTRF", "PSP7F3A9", "INVOICE-2026-0000042"),
        ("NOV NONREF", "NOV", "", ""),
        (" NRTIKREF+//2016021783252833", "NRTI", "2016021783252833", ""),
        ("FMSC01916//NONREF", "FMSC", "", "01916"),
        ("N051NONREF", "N051", "", ""),
        ("NONREF", "", "", ""),
        ("S103", "S103", "", ""),
    ],
)
def test_references_stand_behind_the_type(
    written: str, type_code: str, key: str, reference: str
) -> None:
    found = entry(f":61:261120C1,00{written}")
    assert (found.type_code, found.key, found.parts[0].end_to_end) == (type_code, key, reference)


def test_words_that_a_bank_cut_in_two_are_no_references() -> None:
    found = entry(":61:261120C1,00NMSCDansk Fakt//ura 12", ":86:Dansk Faktura 12")
    assert (found.key, found.parts[0].end_to_end) == ("", "")
    assert found.parts[0].remittance == "Dansk Faktura 12"


@pytest.mark.parametrize(
    ("line", "below"),
    [
        (":61:261120C1,00N102EREF            ", CUSTOMER),
        (f":61:261120C1,00NOVB{CUSTOMER}", "J Jansen"),
    ],
)
def test_the_account_may_stand_beside_the_entry(line: str, below: str) -> None:
    found = entry(line, below, f":86:{CUSTOMER} J Jansen", "", "Salary").parts[0]
    assert (found.payer_iban, found.end_to_end) == (CUSTOMER, "")
    assert found.remittance.endswith("Salary")


def test_the_name_may_stand_behind_sixteen_characters_of_reference() -> None:
    found = entry(":61:261120D1,00N0701313131319      J. JANSEN   ", ":86:A", ":86:B").parts[0]
    assert (found.payer_iban, found.payer_name) == ("1313131319", "J. JANSEN")
    assert found.remittance == "A B"


def test_charges_and_the_first_amount_of_a_return() -> None:
    returned = entry(":61:261120D12,35NRTINONREF", "/OCMT/EUR11,85//CHGS/EUR0,50/").parts[0]
    assert (returned.amount, returned.charges) == (Decimal("-12.35"), Decimal("0.50"))
    assert (returned.original_amount, returned.original_currency) == (Decimal("11.85"), "EUR")


def wrapped(text: str, width: int = 65) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def test_words_of_german_banks() -> None:
    fields = {
        "00": "SEPA-LASTSCHR. RETOURE CORE",
        "20": "EREF+E-2026-11-000000000042",
        "21": "-A MREF+M-77 CRED+DE98ZZZ0",
        "22": "1 SVWZ+MS03 SONSTIGE GRUEND",
        "23": "E Rechnung 471 ABWA+Jansen",
        "24": "Holding",
        "30": "BYLADEMM",
        "31": "DE02120300000000202051",
        "32": "Projektgemeinschaft Jansen ",
        "33": "+ Sohn",
        "34": "914",
    }
    text = "109" + "".join(f"?{code}{value}" for code, value in fields.items())
    found = words(*wrapped(text))
    assert (found.payer_name, found.payer_iban) == (
        "Projektgemeinschaft Jansen + Sohn",
        "DE02120300000000202051",
    )
    assert (found.payer_bic, found.ultimate_payer) == ("BYLADEMM", "Jansen Holding")
    assert (found.end_to_end, found.mandate) == ("E-2026-11-000000000042-A", "M-77")
    assert found.remittance == "MS03 SONSTIGE GRUENDE Rechnung 471"
    assert found.return_reason == "MS03"
    assert entry(LINE, f":86:{text}").is_direct_debit


def test_words_of_german_banks_without_keywords() -> None:
    found = words("051?00Gutschrift?20RECHNUNG 42?21DANKE?3020010020?310012345678?32MUELLER")
    assert (found.payer_name, found.payer_iban, found.payer_bic) == ("MUELLER", "0012345678", "")
    assert found.remittance == "RECHNUNG 42 DANKE"
    found = words("EREF+E-1 SVWZ+Rechnung 42 IBAN+DE02120300000000202051 BIC+BYLADEMM")
    assert (found.end_to_end, found.remittance) == ("E-1", "Rechnung 42")
    assert (found.payer_iban, found.payer_bic) == ("DE02120300000000202051", "BYLADEMM")


def test_words_of_triodos() -> None:
    found = words("000>100987654321", ">20RENT>21 OFFICE>310390123456")
    assert (found.payer_iban, found.remittance) == ("0987654321", "RENT  OFFICE")
    found = words("000>100000000000", ">20RABONL2U", f">21{CUSTOMER}", ">22ORDER 7>310390123456")
    assert (found.payer_iban, found.payer_bic, found.remittance) == (
        CUSTOMER,
        "RABONL2U",
        "ORDER 7",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"/TRTP/SEPA OVERBOEKING/IBAN/{CUSTOMER}/BIC/RABONL2U/NAME/J JANSEN/REMI/INV-42/EREF/E-1",
        f"/EREF/E-1//CNTP/{CUSTOMER}/RABONL2U/J JANSEN/GOUDA//REMI/USTD//INV-42/",
        f"/EREF/E-1/ORDP//NAME/J JANSEN/IBAN/{CUSTOMER}/BIC/RABONL2U/REMI/INV-42/ISDT/2026-11-20",
        f"/EREF/E-1/BENM//NAME/J JANSEN/ULTD//NAME/X/REMI/INV-42/IBAN/{CUSTOMER}/BIC/RABONL2U",
    ],
)
def test_words_of_dutch_banks(text: str) -> None:
    for lines in (wrapped(text), [text]):
        found = words(*lines)
        assert (found.payer_name, found.payer_iban) == ("J JANSEN", CUSTOMER)
        assert (found.payer_bic, found.end_to_end) == ("RABONL2U", "E-1")
        assert found.remittance == "INV-42"
        assert found.ultimate_payer == ("X" if "ULTD" in text else "")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("/CNTP/{}/RABONL2U/X///REMI/STRD/CUR/1234567890123456/", "1234567890123456"),
        ("/IBAN/{}/REMI/ISSUER: CUR                  REF: 1234 5678/EREF/E", "12345678"),
        ("{} RABONL2U X SCOR/CUR/1234567890123456", "1234567890123456"),
    ],
)
def test_a_structured_reference_of_dutch_banks(text: str, reference: str) -> None:
    assert words(text.format(CUSTOMER)).creditor_reference == reference


def test_a_return_of_a_direct_debit_of_dutch_banks() -> None:
    line = ":61:261120D30,00NDDTEREF//B-1"
    text = "/RTRN/MS03//EREF/E-1//MARF/M-7//CSID/NL53ZZZ341191060000//REMI/USTD//INV-42/"
    found = words(*wrapped(text), line=line)
    assert (found.return_reason, found.mandate) == ("MS03", "M-7")
    assert found.amount == -30
    assert entry(line).is_direct_debit


def test_words_in_columns_of_abn_amro() -> None:
    found = words(
        "SEPA INCASSO ALGEMEEN DOORLOPEND INCASSANT: NL40ZZZ878787780000",
        "NAAM: J JANSEN                   MACHTIGING: M-7",
        "OMSCHRIJVING: MAANDTERMIJN JANUA RI",
        f"IBAN: {CUSTOMER}         KENMERK: E-1",
    )
    assert (found.payer_name, found.payer_iban, found.mandate) == ("J JANSEN", CUSTOMER, "M-7")
    assert (found.end_to_end, found.remittance) == ("E-1", "MAANDTERMIJN JANUARI")
    found = words("GIRO   428428 J JANSEN           BETALINGSKENM.  0000001234567890", "PAID LATE")
    assert (found.payer_iban, found.payer_name) == ("428428", "J JANSEN")
    assert found.creditor_reference == "0000001234567890"


def test_what_stands_below_the_entry_is_the_remittance_where_there_are_no_words() -> None:
    assert entry(LINE, "INV-42").parts[0].remittance == "INV-42"
    assert entry(LINE, "INV-42", ":86:INV-7").parts[0].remittance == "INV-7"
    assert entry(LINE, "/TRCD/01018/").parts[0].remittance == ""


def test_words_of_other_banks() -> None:
    knab = words("INV-42", f"REK: {CUSTOMER}/NAAM: J JANSEN")
    assert (knab.payer_iban, knab.payer_name, knab.remittance) == (CUSTOMER, "J JANSEN", "INV-42")
    polish = words(
        "911 TRANSAKCJA; Z RACH.: ",
        "56114010810000267002001001; OD: JAN NOWAK",
        "UL. 1; TYT.: FV 7;",
    )
    assert (polish.payer_name, polish.payer_iban) == ("JAN NOWAK", "56114010810000267002001001")
    assert polish.remittance == "FV 7"
    penta = words(f"999SEPA_CREDIT_TRANSFER:INV: 42:J Jansen:{CUSTOMER}:REF")
    assert (penta.payer_name, penta.payer_iban, penta.remittance) == (
        "J Jansen",
        CUSTOMER,
        "INV: 42",
    )
    kbs = words("/ORDP/300000000460495", "/IVOTEHNA DOOEL", "/747//747", "/Faktura 11/2020")
    assert (kbs.payer_iban, kbs.payer_name) == ("300000000460495", "IVOTEHNA DOOEL")
    assert kbs.remittance == "747/747/Faktura 11/2020"


def test_words_without_a_form_are_the_remittance_and_one_valid_iban_is_the_payer() -> None:
    found = words("payment of INV-42 from DE02120300000000202051 thanks")
    assert found.payer_iban == "DE02120300000000202051"
    assert found.remittance == "payment of INV-42 from DE02120300000000202051 thanks"
    spaced = words("CREDIT TRANSFER FROM BE68 5390 0754 7034 BIC GKCCBEBB REF 42")
    assert spaced.payer_iban == "BE68539007547034"
    two = words("DE02120300000000202051X and NL02RABO0123456788 or 2026000042")
    assert two.payer_iban == ""
    assert words(f"transfer to {OWN} INV-42").payer_iban == ""


def test_the_words_of_the_statement_are_of_no_entry() -> None:
    found = read(statement(":86:For your information", LINE, ":86:INV-42").replace(
        "\n-", "\n:86:D000001C000000\n-"
    ))  # fmt: skip
    assert [one.parts[0].remittance for one in found.entries] == ["INV-42"]


def test_an_entry_that_cannot_be_read_is_kept_as_it_stands() -> None:
    found = read(statement(LINE, ":61:20 November C 5 euro", "extra", ":86:INV-42", LINE))
    assert [one.nth for one in found.entries] == [1, 2, 3]
    kept = found.entries[1]
    assert (kept.trouble, kept.amount == 0) == ("its line (:61:) cannot be read", True)
    assert kept.raw == ":61:20 November C 5 euro\nextra\n:86:INV-42"
    assert kept.parts[0].remittance == "INV-42"


def test_several_statements_in_a_file_stay_apart() -> None:
    second = statement(LINE, LINE).replace("S-1", "S-2").replace("EUR", "USD")
    for between in ("\n", "\n\nABNANL2A\n940\nABNANL2A\n"):
        first, other = read_mt940(statement(LINE) + between + second)
        assert [(one.id, one.currency, len(one.entries)) for one in (first, other)] == [
            ("S-1 7/1 261120", "EUR", 1),
            ("S-2 7/1 261120", "USD", 2),
        ]
    without_dash = statement(LINE).removesuffix("\n-")
    assert len(read_mt940(f"{without_dash}\n{without_dash}")) == 2


ENVELOPE = "{1:F01KNABNL2HAXXX0000000000}{2:I940KNABNL2HXXXXN3020}{4:"


def test_an_envelope_of_swift_is_opened() -> None:
    inside = statement(LINE).removesuffix("-")
    for text in (f"{ENVELOPE}\n{inside}-}}", f"\x01{ENVELOPE}{inside}-}}{{5:{{MAC:00}}}}\x03" * 2):
        for found in read_mt940(text):
            assert found == read(statement(LINE))
    cut = refused(f"{ENVELOPE}\n{inside}")
    assert (cut.where, cut.why) == ("line 8", "the file is cut off in the middle")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\n\n"])
def test_lines_may_end_in_any_way(end: str) -> None:
    text = statement(LINE, ":86:INV-42")
    assert read(text.replace("\n", end)) == read(text)


def test_lines_of_online_banking_end_in_two_signs() -> None:
    text = statement(LINE, ":86:INV-42")
    assert read("@@" + text.replace("\n", "@@")) == read(text)


def test_a_time_that_was_cut_and_a_dash_in_the_words_begin_and_end_nothing() -> None:
    found = words("paid 20-11-2026 12", ":20:25 INV-42", "-", ":28:11 thanks")
    assert found.remittance == "paid 20-11-2026 12 :20:25 INV-42 - :28:11 thanks"


def test_mt942_has_no_balances_and_expects_money() -> None:
    text = "\n".join(
        [":20:S-1", f":25:{OWN}", ":28C:1/1", ":34F:EURD0,", ":13D:2611201730+0100",
         ":61:261120C5,00NTRFNONREF", ":61:261120EC7,00NTRFNONREF", ":90C:2EUR12,00", "-"]
    )  # fmt: skip
    found = read(text)
    assert (found.format, found.currency, found.difference) == ("MT942", "EUR", None)
    assert found.made_at == datetime.fromisoformat("2026-11-20T17:30:00+01:00")
    assert [one.is_booked for one in found.entries] == [True, False]
    assert found.id == "S-1 1/1 2611201730"
    assert read(text.replace(":13D:2611201730+0100\n", "")).id == "S-1 1/1 261120"


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        (statement(LINE).replace(f":25:{OWN}\n", ""), "line 1", "the statement has no account"),
        (statement(LINE).replace("C261119", "X261119"), "line 4", "the balance 'X261119EUR100,00'"),
        (statement(LINE)[:-25], "line 5", "the file is cut off in the middle"),
        (statement(LINE).partition(":61:")[0], "line 4", "the file is cut off in the middle"),
        (f":25:{OWN}", "line 1", "the file is cut off in the middle"),
        (statement(LINE, ":86:" + "x" * 100_001), "line 6", "has more than 100,000 characters"),
        (statement(LINE, ":86:\0"), "line 6", "is not text"),
        ("no statement", "", "has no statement in it"),
    ],
)
def test_what_is_refused_names_its_line(text: str, where: str, why: str) -> None:
    found = refused(text)
    assert found.where == where
    assert found.why.startswith(why)


def test_many_lines_of_dashes_take_no_longer_than_others() -> None:
    """A hostile file: each dash could be the end, and each time a beginning."""
    found = words(*["-", ":20:25"] * 20_000, "INV-42")
    assert found.remittance.endswith("INV-42")


PLAIN = st.from_regex(r"[A-Za-z0-9.,+()?'-]{1,12}( [A-Za-z0-9.,+()?'-]{1,12}){0,9}", fullmatch=True)
SHORT = st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True).filter(lambda text: "NO" not in text)
AMOUNTS = st.decimals(Decimal("-1e9"), Decimal("1e9"), places=2).filter(bool)
DAYS = st.dates(date(2000, 3, 1), date(2079, 6, 30))
LINES = st.lists(
    st.builds(Line, AMOUNTS, PLAIN, st.just(CUSTOMER), SHORT, PLAIN, SHORT, DAYS), max_size=8
).map(lambda lines: [line._replace(value_on=line.booked_on) for line in lines])


@settings(max_examples=150, deadline=None)
@given(LINES, AMOUNTS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_entries_that_are_written_are_read_back(
    lines: list[Line], opening: Decimal, end: str
) -> None:
    found = read(mt940_of(lines, opening, end=end).decode())
    assert found.difference == 0
    assert [
        Line(
            amount=one.amount,
            name=one.parts[0].payer_name,
            iban=one.parts[0].payer_iban,
            end_to_end=one.parts[0].end_to_end,
            words=one.parts[0].remittance,
            key=one.key,
            booked_on=one.booked_on,
            value_on=one.value_on,
        )
        for one in found.entries
    ] == lines
