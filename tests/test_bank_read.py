"""Files of bank statements: recognised by their content, unpacked within limits, or refused."""

import gzip
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.bank.read import read
from api.bank.statement import Statement, UnreadableFile
from support.bank_files import Line, camt_of, mt940_of, statement

LINES = [Line(Decimal("100.50")), Line(Decimal(-20), name="Café Müller")]
CAMT, MT940 = camt_of(LINES, Decimal(5)), mt940_of(LINES, Decimal(5))


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refused(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as raised:
        read("bank.dat", content)
    return raised.value


def formats(content: bytes) -> list[str]:
    return [one.format for one in read("bank.dat", content)]


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (CAMT, "camt.053"),
        (b"\xef\xbb\xbf\n" + CAMT.partition(b"\n")[2], "camt.053"),
        (CAMT.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "camt.053"),
        (CAMT.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1"), "camt.053"),
        (MT940, "MT940"),
        (b"\xef\xbb\xbf" + MT940, "MT940"),
        (MT940.decode().encode("utf-16"), "MT940"),
        (MT940.decode().encode("cp1252"), "MT940"),
        (b"ABNANL2A\r\n940\r\nABNANL2A\r\n" + MT940, "MT940"),
        (MT940.replace(b"\r\n", b"\r"), "MT940"),
    ],
)
def test_the_format_is_that_of_the_content_whatever_the_encoding(
    content: bytes, format: str
) -> None:
    for packed in (content, gzip.compress(content)):
        [found] = read("bank.dat", packed)
        assert found.format == format
        assert found.difference == 0
        assert [one.parts[0].payer_name for one in found.entries] == [
            "Bakkerij Jansen",
            "Café Müller",
        ]


def test_a_sign_that_no_encoding_has_is_no_reason_to_refuse() -> None:
    text = statement(":61:261120C1,00NTRFNONREF", ":86:caf").encode() + b"\n"
    [found] = read("bank.sta", text.replace(b":86:caf", b":86:caf\x81\xe9"))
    assert found.entries[0].parts[0].remittance == "caf\x81é"


def test_a_zip_is_read_file_by_file_in_the_order_of_their_names() -> None:
    files = {"b/2.sta": MT940, "a/1.xml": CAMT, "__MACOSX/a/._1.xml": b"\0", "c.txt": MT940}
    assert formats(zipped(files)) == ["camt.053", "MT940", "MT940"]


def test_of_a_zip_all_is_read_or_nothing() -> None:
    found = refused(zipped({"1.xml": CAMT, "2.xml": CAMT[:-30]}))
    assert (found.where, found.why) == (
        "2.xml: line 7",
        "the file is cut off in the middle",
    )
    found = refused(zipped({"1.xml": CAMT, "letter.pdf": b"%PDF-1.7"}))
    assert found.where == "letter.pdf"
    assert "is no bank statement" in found.why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"%PDF-1.7\n1 0 obj", "is no bank statement"),
        (b"date;amount;name\n2026-11-20;1,00;Jansen\n", "is no bank statement"),
        (b"\xff\xfea\0b\0", "has no statement in it"),
        (gzip.compress(CAMT)[:-20], "cannot be unpacked"),
        (b"\x1f\x8bnot gzip", "cannot be unpacked"),
        (b"PK\x03\x04not zip", "cannot be unpacked"),
        (gzip.compress(gzip.compress(CAMT)), "is an archive in an archive"),
        (gzip.compress(zipped({"1.xml": CAMT})), "is an archive in an archive"),
        (zipped({"1.gz": gzip.compress(CAMT)}), "is an archive in an archive"),
        (zipped({}), "is no bank statement"),
        (zipped({"folder/": b""}), "has no file in it"),
        (zipped({f"{number}.xml": b"" for number in range(1_001)}), "has more than 1,000 files"),
    ],
)
def test_what_is_no_statement_is_refused(content: bytes, why: str) -> None:
    found = refused(content)
    assert found.why.startswith(why)
    assert found.where != ""


def test_a_bomb_is_not_unpacked() -> None:
    bomb = b"<" + b" " * 60_000_000
    for content in (gzip.compress(bomb), zipped({"1.xml": bomb})):
        assert len(content) < 100_000
        limit = max(10_000_000, 200 * len(content))
        assert refused(content).why == f"unpacks to more than {limit:,} bytes"
    shares = {f"{number:02}.xml": CAMT + b" " * 7_000_000 for number in range(43)}
    found = refused(zipped(shares))
    assert found.where == "42.xml"
    assert found.why.startswith("unpacks to more than ")


def test_a_line_without_an_end_is_refused() -> None:
    long = b"x" * 100_000_000
    assert refused(MT940 + long).why == "has more than 100,000 characters"
    assert "more than 8,000,000 bytes" in refused(CAMT.replace(b"Jansen", long)).why
    attribute = CAMT.replace(b"<Ntry>", b'<Ntry a="' + long + b'">', 1)
    assert "more than 8,000,000 bytes" in refused(attribute).why


def test_zeros_are_refused() -> None:
    assert "zero character" in refused(MT940.replace(b"Jansen", b"Jan\0sen")).why
    assert "not well-formed" in refused(CAMT.replace(b"Jansen", b"Jan\0sen")).why


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([CAMT, MT940]),
    st.lists(
        st.tuples(st.integers(0, 3_000), st.integers(0, 40), st.binary(max_size=12)), max_size=4
    ),
)
@example(MT940, [(0, 0, "٢".encode())])
def test_any_damage_is_read_or_refused(
    content: bytes, damages: list[tuple[int, int, bytes]]
) -> None:
    """Nothing else is raised, and what is read is whole statements with entries of some part."""
    for at, length, instead in damages:
        content = content[:at] + instead + content[at + length :]
    reason = None
    try:
        found = whole(content)
    except UnreadableFile as refused:
        found, reason = [], refused
    assert found or (reason and reason.where and reason.why)
    assert all(one.account for one in found)
    assert all(entry.parts for one in found for entry in one.entries)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, len(MT940)))
def test_a_statement_of_mt940_that_is_cut_off_is_not_read_in_part(end: int) -> None:
    """Only a cut in the closing balance can pass for a file; then the balances differ."""
    try:
        [found] = read("bank.sta", MT940[:end])
    except UnreadableFile:
        return
    assert len(found.entries) == len(LINES)
    assert end > MT940.index(b":62F:")


def whole(content: bytes) -> list[Statement]:
    return list(read("bank.dat", content))


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    assert whole(CAMT) == whole(CAMT)
    assert whole(MT940) == whole(gzip.compress(MT940))
