"""A zip that is sent while it is made: one file at a time, the same bytes each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given
from hypothesis import strategies as st

from api.handoff.zip_stream import CHUNK, zipped

AT = datetime(2026, 3, 2, 23, 30, 10, tzinfo=UTC)
names = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=20)


@given(st.dictionaries(names, st.binary(max_size=2000), max_size=5))
def test_what_went_in_comes_out(files: dict[str, bytes]) -> None:
    content = b"".join(zipped(files.items(), AT))
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == files
        assert {info.compress_type for info in archive.infolist()} <= {ZIP_STORED}
        assert {info.date_time for info in archive.infolist()} <= {(2026, 3, 2, 23, 30, 10)}


def test_the_same_files_are_the_same_bytes() -> None:
    files = {"a": b"one", "b": bytes(3 * CHUNK)}
    there = AT.astimezone(timezone(timedelta(hours=13)))
    assert b"".join(zipped(files.items(), AT)) == b"".join(zipped(files.items(), there))


def test_a_file_is_asked_for_when_the_one_before_was_sent() -> None:
    asked = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in "abc":
            asked.append(name)
            yield name, bytes(3 * CHUNK)

    sent = zipped(files(), AT)
    for n in range(1, 4):
        chunks = [next(sent) for _ in range(4)]
        assert max(map(len, chunks)) == CHUNK
        assert asked == list("abc")[:n]
    assert next(sent, None)
    assert next(sent, None) is None


def test_what_it_tells_of_a_file_stands_before_it() -> None:
    """So that a reader who cannot go back need not guess where a file ends."""
    content = b"".join(zipped([("a", b"one"), ("b", b"two!")], AT))
    with ZipFile(BytesIO(content)) as archive:
        for info in archive.infolist():
            assert not info.flag_bits & 0x08
            header = content[info.header_offset : info.header_offset + 30]
            assert int.from_bytes(header[14:18], "little") == info.CRC
            assert int.from_bytes(header[22:26], "little") == info.file_size
