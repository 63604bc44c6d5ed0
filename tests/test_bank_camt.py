"""camt.052, .053 and .054: what is read from small files, written here, and what is refused."""

import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.bank.camt import read_camt
from api.bank.statement import (
    Balance,
    BankEntry,
    Part,
    Statement,
    UnreadableFile,
)
from ledger.facts.bank import Adjustment, PaidDocument
from support.bank_files import DAY, OWN, Line, camt, camt_of, entry, head

CUSTOMER = "NL02RABO0123456789"


def read(content: bytes) -> Statement:
    [found] = read_camt(content)
    return found


def only(*entries: str) -> BankEntry:
    [found] = read(camt(*entries)).entries
    return found


def part(details: str, amount: str = "100.00", *, more: str = "") -> Part:
    found = only(entry(amount, f"<TxDtls>{details}</TxDtls>", more=more))
    assert found.trouble == ""
    [one] = found.parts
    return one


def refused(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as raised:
        read_camt(content)
    return raised.value


def parties(debtor: str = "", creditor: str = "", *, form: str = "<Nm>{}</Nm>") -> str:
    """Return the parties, each as ``name`` or ``name, account``."""
    made = ""
    for role, text in (("Dbtr", debtor), ("Cdtr", creditor)):
        name, _, account = text.partition(", ")
        made += f"<{role}>{form.format(name)}</{role}>" if name else ""
        made += f"<{role}Acct><Id><IBAN>{account}</IBAN></Id></{role}Acct>" if account else ""
    return f"<RltdPties>{made}</RltdPties>"


def test_a_statement_has_its_account_its_number_and_its_balances() -> None:
    found = read(
        camt(entry("25.50"), head=head(("OPBD", "DBIT", "10.00"), ("CLBD", "CRDT", "15.5")))
    )
    assert (found.format, found.account, found.currency) == ("camt.053", OWN, "EUR")
    assert (found.id, found.number) == ("S-1", "7")
    assert found.made_at == datetime.fromisoformat("2026-11-20T18:00:00+01:00")
    assert found.opening == Balance(DAY, Decimal("-10.00"))
    assert found.closing == Balance(DAY, Decimal("15.5"))
    assert found.difference == 0


@pytest.mark.parametrize(
    ("kind", "balances", "expected"),
    [
        ("Stmt", [("PRCD", "CRDT", "1"), ("CLBD", "CRDT", "2")], ("camt.053", 1, 2)),
        ("Stmt", [("PRCD", "CRDT", "1"), ("OPBD", "CRDT", "5")], ("camt.053", 5, None)),
        ("Rpt", [("ITBD", "CRDT", "3"), ("ITBD", "CRDT", "4")], ("camt.052", 3, 4)),
        ("Rpt", [("OPBD", "CRDT", "3"), ("ITBD", "CRDT", "4")], ("camt.052", 3, 4)),
        ("Ntfctn", [("OPAV", "CRDT", "3"), ("CLAV", "CRDT", "4")], ("camt.054", None, None)),
    ],
)
def test_the_balances_are_those_that_are_booked(
    kind: str, balances: list[tuple[str, str, str]], expected: tuple[object, ...]
) -> None:
    found = read(camt(kind=kind, head=head(*balances)))
    amounts = [balance and balance.amount for balance in (found.opening, found.closing)]
    assert (found.format, *amounts) == expected


@pytest.mark.parametrize(
    ("version", "form", "bank"),
    [
        ("053.001.02", "<Nm>{}</Nm>", "BIC"),
        ("053.001.08", "<Pty><Nm>{}</Nm></Pty>", "BICFI"),
        ("053.001.10", "<Agt><FinInstnId><Nm>{}</Nm></FinInstnId></Agt>", "BICFI"),
    ],
)
def test_a_payer_is_read_in_the_old_form_and_the_new(version: str, form: str, bank: str) -> None:
    details = (
        "<Refs><AcctSvcrRef>P-1</AcctSvcrRef><EndToEndId>E-1</EndToEndId></Refs>"
        f"{parties(f'Jansen, {CUSTOMER}', f'We, {OWN}', form=form)}"
        f"<RltdAgts><DbtrAgt><FinInstnId><{bank}>RABONL2U</{bank}></FinInstnId></DbtrAgt></RltdAgts>"
        "<RmtInf><Ustrd>INV-42</Ustrd></RmtInf>"
    ).replace("</RltdPties>", f"<UltmtDbtr>{form.format('Jansen Holding')}</UltmtDbtr></RltdPties>")
    content = camt(entry("100.00", f"<TxDtls>{details}</TxDtls>"), version=version)
    [found] = read(content).entries[0].parts
    assert (found.payer_name, found.payer_iban, found.payer_bic) == ("Jansen", CUSTOMER, "RABONL2U")
    assert (found.ultimate_payer, found.remittance) == ("Jansen Holding", "INV-42")
    assert (found.reference, found.end_to_end) == ("P-1", "E-1")


def test_the_names_of_elements_may_have_a_prefix() -> None:
    plain = camt(entry("5.00", f"<TxDtls>{parties('Jansen')}</TxDtls>"))
    prefixed = plain.replace(b"<", b"<b:").replace(b"<b:/", b"</b:").replace(b"<b:?", b"<?")
    assert read(prefixed.replace(b"xmlns=", b"xmlns:b=")) == read(plain)


def test_an_account_that_is_no_iban_is_kept_as_it_is_given() -> None:
    account = "<Acct><Id><Othr><Id>40 702 810</Id></Othr></Id></Acct>"
    assert read(camt(head=account)).account == "40 702 810"
    details = parties("Jansen").replace(
        "</RltdPties>", "<DbtrAcct><Id><Othr><Id>428428</Id></Othr></Id></DbtrAcct></RltdPties>"
    )
    assert part(details).payer_iban == "428428"


def test_who_was_paid_is_the_other_side_of_money_that_went_out() -> None:
    found = part(parties(f"We, {OWN}", f"Supplier, {CUSTOMER}"), "-30.00")
    assert (found.payer_name, found.payer_iban) == ("Supplier", CUSTOMER)
    assert found.amount == -30


@pytest.mark.parametrize("more", ["<RvslInd>true</RvslInd>", ""])
def test_a_return_keeps_the_roles_of_the_first_payment(more: str) -> None:
    returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>"
    for details in (parties(f"Jansen, {CUSTOMER}"), parties("", f"Jansen, {CUSTOMER}")):
        found = part(details + returned, "-30.00", more=more)
        assert (found.payer_name, found.return_reason) == ("Jansen", "AC04")
        assert found.amount == -30
    assert only(entry("-30.00", more=more)).is_reversal == bool(more)


def test_the_own_account_decides_who_the_other_side_is() -> None:
    swapped = parties(f"We, {OWN}", f"Jansen, {CUSTOMER}")
    assert part(swapped).payer_name == "Jansen"
    assert part(parties("", "We")).payer_name == ""


@pytest.mark.parametrize(
    ("details", "original"),
    [
        ('<AmtDtls><TxAmt><Amt Ccy="EUR">100.00</Amt></TxAmt></AmtDtls>', None),
        ('<AmtDtls><InstdAmt><Amt Ccy="EUR">100</Amt></InstdAmt></AmtDtls>', None),
        ('<Amt Ccy="EUR">100.00</Amt>', None),
        ("", None),
        ('<AmtDtls><InstdAmt><Amt Ccy="USD">110.5</Amt></InstdAmt></AmtDtls>', ("110.5", "USD")),
        (
            '<Amt Ccy="EUR">100</Amt><AmtDtls><TxAmt><Amt Ccy="CHF">95</Amt></TxAmt></AmtDtls>',
            ("95", "CHF"),
        ),
    ],
)
def test_the_amount_is_found_wherever_it_stands(
    details: str, original: tuple[str, str] | None
) -> None:
    found = part(details)
    assert (found.amount, found.currency) == (Decimal(100), "EUR")
    was = (found.original_amount, found.original_currency)
    assert was == ((Decimal(original[0]), original[1]) if original else (None, ""))


def of(amount: str, more: str = "", mark: str = "CRDT") -> str:
    """Return a transaction of a batch."""
    return f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{more}</TxDtls>'


CHARGES = '<Chrgs><Rcrd><Amt Ccy="EUR">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>'


@pytest.mark.parametrize(
    ("amount", "details", "more", "expected"),
    [
        ("60.00", of("40") + of(".5") + of("19.5"), "", [("40", 0), (".5", 0), ("19.5", 0)]),
        ("10.00", of("40") + of("30", mark="DBIT"), "", [("40", 0), ("-30", 0)]),
        (
            "97.00",
            of("60", CHARGES.format(2)) + of("40", CHARGES.format(1)),
            "",
            [("58", 2), ("39", 1)],
        ),
        ("97.00", of("60") + of("40"), CHARGES.format(3), [("60", 0), ("40", 0), ("-3", 3)]),
        ("97.00", of("100", CHARGES.format(3)), "", [("97", 3)]),
        ("97.00", of("100"), CHARGES.format(3), [("97", 3)]),
        (
            "100.00",
            of(
                "100", CHARGES.format(3).replace("</Amt>", "</Amt><ChrgInclInd>false</ChrgInclInd>")
            ),
            "",
            [("100", 0)],
        ),
    ],
)
def test_the_parts_of_a_batch_add_up_to_it_net_of_charges(
    amount: str, details: str, more: str, expected: list[tuple[str, int]]
) -> None:
    found = only(entry(amount, details, more=more))
    assert [(one.amount, one.charges) for one in found.parts] == [
        (Decimal(one), Decimal(charges)) for one, charges in expected
    ]
    assert sum(one.amount for one in found.parts) == found.amount
    assert (found.trouble, found.raw) == ("", "")


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        (entry("60.00", of("40") + of("19")), "its transactions add up to 59, the entry is 60.00"),
        (entry("60.00", "<TxDtls/><TxDtls/>"), "2 of 2 transactions have no amount in EUR"),
        (entry("60.00", of("40")), "its transaction is 40, the entry is 60.00"),
        (entry("60").replace(">60<", ">60,00<"), "its amount is '60,00'"),
        (entry("60").replace("CRDT", "PLUS"), "its CdtDbtInd is 'PLUS'"),
        (entry("60").replace("EUR", "USD"), "it is in USD, the account in EUR"),
        (
            entry("60").replace("<BookgDt><Dt>2026-11-20", "<BookgDt><Dt>soon"),
            "its BookgDt cannot be read",
        ),
    ],
)
def test_what_cannot_be_understood_is_kept_with_its_reason(written: str, trouble: str) -> None:
    before, found, after = read(camt(entry("1"), written, entry("2"))).entries
    assert (before.nth, found.nth, after.nth) == (1, 2, 3)
    assert found.trouble == trouble
    assert found.raw == written
    assert sum(one.amount for one in found.parts) == found.amount
    assert before.trouble == after.trouble == ""


def test_only_what_is_booked_counts_in_the_balances() -> None:
    found = read(
        camt(
            entry("5.00"),
            entry("7.00", status="PDNG"),
            entry("9.00", status="<Cd>INFO</Cd>"),
            entry("1.00", status="<Cd>BOOK</Cd>"),
            head=head(("OPBD", "CRDT", "0"), ("CLBD", "CRDT", "6.00")),
        )
    )
    assert [one.is_booked for one in found.entries] == [True, False, False, True]
    assert found.difference == 0


def test_an_entry_without_a_day_has_that_of_its_statement() -> None:
    bare = '<Ntry><Amt Ccy="EUR">5</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>'
    found = read(camt(bare, head=head(("OPBD", "CRDT", "0"), ("CLBD", "CRDT", "5"))))
    assert (found.entries[0].booked_on, found.entries[0].value_on) == (DAY, DAY)
    at_noon = "<BookgDt><DtTm>2026-11-18T12:00:00Z</DtTm></BookgDt></Ntry>"
    later = only(bare.replace("</Ntry>", at_noon))
    assert (later.booked_on, later.value_on) == (date(2026, 11, 18), date(2026, 11, 18))


def test_a_kind_of_payment_is_the_domain_else_the_own_code_of_the_bank() -> None:
    domain = "<Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly></Domn>"
    own = "<Prtry><Cd>544</Cd></Prtry>"
    assert only(entry("1", more=f"<BkTxCd>{domain}{own}</BkTxCd>")).type_code == "PMNT/RDDT/ESDD"
    assert only(entry("1", more=f"<BkTxCd>{domain}</BkTxCd>")).is_direct_debit
    assert only(entry("1", more=f"<BkTxCd>{own}</BkTxCd>")).type_code == "544"
    inside = f"<TxDtls><BkTxCd>{own}</BkTxCd></TxDtls>"
    assert only(entry("1", inside, more="<BkTxCd/>")).type_code == "544"
    assert only(entry("1", "<TxDtls><Refs><MndtId>M</MndtId></Refs></TxDtls>")).is_direct_debit


STRUCTURED = (
    "<RmtInf><Strd><RfrdDocInf><Nb>INV-1</Nb></RfrdDocInf><RfrdDocAmt>{}</RfrdDocAmt>"
    "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf><AddtlRmtInf>damaged</AddtlRmtInf>"
    "</Strd><Strd><RfrdDocInf><Nb>INV-2</Nb></RfrdDocInf></Strd></RmtInf>"
)
ADJUSTED = (
    '<AdjstmntAmtAndRsn><Amt Ccy="EUR">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Rsn>{}</Rsn>'
    "<AddtlInf>2 broken</AddtlInf></AdjstmntAmtAndRsn>"
)


def amounts(due: int = 0, remitted: int = 0, more: str = "") -> str:
    made = f'<DuePyblAmt Ccy="EUR">{due}</DuePyblAmt>' if due else ""
    return made + more + (f'<RmtdAmt Ccy="EUR">{remitted}</RmtdAmt>' if remitted else "")


@pytest.mark.parametrize(
    ("written", "amount", "adjustments"),
    [
        (
            amounts(100, 90, ADJUSTED.format(10, "DBIT", "09")),
            90,
            [Adjustment(Decimal(-10), "09", "2 broken")],
        ),
        (
            amounts(100, 90, ADJUSTED.format(10, "CRDT", "09")),
            90,
            [Adjustment(Decimal(-10), "09", "2 broken")],
        ),
        (
            amounts(100, 0, ADJUSTED.format(10, "CRDT", "09")),
            110,
            [Adjustment(Decimal(10), "09", "2 broken")],
        ),
        (
            amounts(100, 98, '<DscntApldAmt Ccy="EUR">2</DscntApldAmt>'),
            98,
            [Adjustment(Decimal(-2), "APDS")],
        ),
        (amounts(more='<CdtNoteAmt Ccy="EUR">15</CdtNoteAmt>'), -15, []),
        ("", None, []),
    ],
)
def test_a_payer_names_documents_and_what_he_kept_back(
    written: str, amount: int | None, adjustments: list[Adjustment]
) -> None:
    found = part(STRUCTURED.format(written))
    assert found.documents == (
        PaidDocument("INV-1", None if amount is None else Decimal(amount), tuple(adjustments)),
        PaidDocument("INV-2"),
    )
    assert (found.creditor_reference, found.remittance) == ("RF18539007547034", "damaged")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["INV-1 INV-2"], "INV-1 INV-2"),
        (["INV-1", "INV-2"], "INV-1 INV-2"),
        (["x" * 138 + "IN", "V-1"], "x" * 138 + "INV-1"),
        (["x" * 32 + "INV", "-1" + "y" * 33, "z"], "x" * 32 + "INV-1" + "y" * 33 + "z"),
        (["NOTPROVIDED"], ""),
    ],
)
def test_words_that_the_bank_cut_are_whole_again(lines: list[str], text: str) -> None:
    written = "".join(f"<Ustrd>{line}</Ustrd>" for line in lines)
    assert part(f"<RmtInf>{written}</RmtInf>").remittance == text


def test_information_beside_the_remittance_stands_in_where_there_is_none() -> None:
    beside = "<AddtlTxInf>INV-42</AddtlTxInf>"
    assert part(beside).remittance == "INV-42"
    assert part(f"<RmtInf><Ustrd>INV-1</Ustrd></RmtInf>{beside}").remittance == "INV-1"
    of_the_entry = "</NtryDtls><AddtlNtryInf>INV-7</AddtlNtryInf>"
    for details, remittance in ((beside, "INV-42"), ("", "INV-7")):
        written = entry("1", f"<TxDtls>{details}</TxDtls>").replace("</NtryDtls>", of_the_entry)
        assert only(written).parts[0].remittance == remittance
        assert only(written).text == "INV-7"


def test_what_is_refused_names_its_line_and_its_element() -> None:
    nobody = refused(camt(entry("1"), head="<Acct><Ccy>EUR</Ccy></Acct>"))
    assert nobody.where == "line 5, Document/BkToCstmrStmt/Stmt/Ntry"
    assert nobody.why == "the statement has no account"
    assert str(nobody) == f"{nobody.where}: {nobody.why}"
    empty = b"<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>"
    assert refused(empty).why == "has no statement in it"
    assert "neither camt.052" in refused(b"<Document><CstmrCdtTrfInitn/></Document>").why
    for encoding in (b"UTF-88", b"big5"):
        unknown = refused(camt().replace(b"UTF-8", encoding))
        assert unknown.where == "line 1"
        assert unknown.why.startswith("its encoding is not known")
    assert "mismatched tag" in refused(camt(entry("1").replace("</Amt>", "</Sum>"))).why


def test_a_file_that_is_cut_off_is_refused_wherever_that_is() -> None:
    content = camt(entry("1.00", of("1.00")), head=head(("OPBD", "CRDT", "0")))
    for end in range(1, len(content) - 1):
        assert refused(content[:end]).why == "the file is cut off in the middle"


def bomb(body: str) -> bytes:
    return f"<!DOCTYPE Document [{body}]><Document>&a;</Document>".encode()


@pytest.mark.parametrize(
    "content",
    [
        bomb('<!ENTITY a SYSTEM "file:///etc/passwd">'),
        bomb('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'),
        b'<!DOCTYPE Document SYSTEM "http://localhost/camt.dtd"><Document/>',
    ],
)
def test_a_document_type_is_refused_before_anything_of_it_is_read(content: bytes) -> None:
    assert "document type" in refused(content).why


def test_elements_may_not_grow_without_limit() -> None:
    deep = "<A>" * 100 + "</A>" * 100
    wide = "<A/>" * 60_000
    for body in (deep, wide, "</TxDtls>" + ("<A/>" * 20_000 + "<TxDtls/>") * 3 + "<TxDtls>"):
        assert "too many elements" in refused(camt(entry("1", f"<TxDtls>{body}</TxDtls>"))).why
    long = entry("1").replace("B-1", "B" * 9_000_000)
    assert "more than 8,000,000 bytes" in refused(camt(long)).why


def test_memory_holds_a_transaction_at_a_time() -> None:
    """What is used beside the result does not grow with the number of entries."""

    def beside(count: int) -> int:
        content = camt_of([Line(Decimal(5))] * count, Decimal(0))
        tracemalloc.start()
        kept = read_camt(content)
        now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(kept[0].entries) == count
        return peak - now

    assert beside(4_000) < beside(1_000) + 300_000


WORDS = st.text(st.sampled_from("abcXYZ019 -.&<>'\"/äéß€漢"), min_size=1, max_size=140).map(
    lambda text: f"w{text}w"
)
AMOUNTS = st.decimals(Decimal("-1e9"), Decimal("1e9"), places=2).filter(bool)
DAYS = st.dates(date(2000, 1, 1), date(2079, 12, 31))
LINES = st.lists(
    st.builds(
        Line, AMOUNTS, WORDS, st.just(CUSTOMER), WORDS, WORDS, WORDS.map(hash).map(str), DAYS, DAYS
    ),
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(LINES, AMOUNTS)
def test_any_entries_that_are_written_are_read_back(lines: list[Line], opening: Decimal) -> None:
    found = read(camt_of(lines, opening))
    assert found.difference == 0
    assert [
        Line(
            one.amount,
            one.parts[0].payer_name,
            one.parts[0].payer_iban,
            one.parts[0].end_to_end,
            one.parts[0].remittance,
            one.key,
            one.booked_on,
            one.value_on,
        )
        for one in found.entries
    ] == lines
