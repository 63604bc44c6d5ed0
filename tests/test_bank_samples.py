"""All real samples of bank statements: each is read or refused with a reason, and its sums agree.

Where a library of others has laid down what it expects of a sample, ours is compared with that.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.bank.read import read
from api.bank.statement import BankEntry, Statement, UnreadableFile

NOT_SAMPLES = {".json", ".yml"}
EXPECTED_REFUSALS = {  # file: why; pieces of statements by which others test a single field
    "fruitl00p-php-mt940/Rabo/sample2": "the statement has no account",  # begins, and ends there
    "wolph-mt940/self-provided/gv_codes.sta": "cut off",  # ends in an entry
    "my-flow-mt940/sepa_snippet_broken_2.sta": "cut off",
    "my-flow-mt940/line_breaks_with_@@.sta": "cut off",
    "genkgo-camt/camt053.v2.wrong.xml": "has no statement in it",
    "viafintech-camt_parser/053/valid_namespace.xml": "neither camt.052",  # no message in it
}
PIECE = 120  # bytes, at most, of the samples that are pieces


def samples(data: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    root = data / folder
    if not root.is_dir():
        pytest.skip(f"no real samples: {root} is not there")
    for path in sorted(root.rglob("*")):
        named = path.name.upper().startswith(("LICEN", "SOURCE"))
        if path.is_file() and not named and path.suffix not in NOT_SAMPLES:
            yield path.relative_to(root).as_posix(), path.read_bytes()


def of(name: str, content: bytes) -> list[Statement]:
    try:
        return list(read(name, content))
    except UnreadableFile:
        return []


@pytest.mark.parametrize(
    ("folder", "files", "refused", "statements", "entries"),
    [("mt940", 137, 23, 254, 579), ("camt", 239, 2, 317, 1308)],
)
def test_each_is_read_or_refused_with_its_reason(
    data: Path, folder: str, files: int, refused: int, statements: int, entries: int
) -> None:
    refusals, found = dict[str, UnreadableFile](), list[Statement]()
    content = dict(samples(data, folder))
    for name in content:
        try:
            found += read(name, content[name])
        except UnreadableFile as reason:
            refusals[name] = reason
    read_entries = [entry for one in found for entry in one.entries]
    counted = (len(content), len(refusals), len(found), len(read_entries))
    assert counted == (files, refused, statements, entries)
    for name, error in refusals.items():
        assert error.where, name
        if name in EXPECTED_REFUSALS:
            assert EXPECTED_REFUSALS[name] in error.why
        else:
            assert len(content[name]) < PIECE or b":60F:" not in content[name], name
            assert re.match(rb"\s*:(\d\d[A-Z]?):", content[name]), name
    for entry in read_entries:
        assert sum(part.amount for part in entry.parts) == entry.amount
        assert entry.booked_on > date(1990, 1, 1)


def test_no_line_of_mt940_is_left_out(data: Path) -> None:
    for name, content in samples(data, "mt940"):
        if found := of(name, content):
            lines = len(re.findall(rb"(?:^|[\r\n]):61:", content))
            assert sum(len(one.entries) for one in found) == lines, name


BALANCE = re.compile(r"^:(60|62)[FM]:([CD])\d{6}[A-Z]{3}([\d,.]+)", re.MULTILINE)
ENTRY = re.compile(r"^:61:\d{6}(?:\d{4}| {4})?(R?[CD])[A-Z]? *(\d[\d,.]*)", re.MULTILINE)
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}


def own_difference(content: bytes) -> Decimal:
    """Return what a file's figures differ by, taken from its text by two patterns."""
    text = content.decode("latin-1").replace("\r\n", "\n")
    total = Decimal(0)
    for tag, mark, amount in BALANCE.findall(text):
        total += SIGNS[mark] * Decimal(amount.replace(",", ".")) * (1 if tag == "62" else -1)
    for mark, amount in ENTRY.findall(text):
        total -= SIGNS[mark] * Decimal(amount.replace(",", "."))
    return total


def test_the_sums_of_mt940_agree_with_the_balances_or_the_file_is_wrong_itself(data: Path) -> None:
    """Of the samples that do not add up, most were shortened or had their amounts changed."""
    agreed, wrong, without = 0, 0, 0
    for name, content in samples(data, "mt940"):
        found = of(name, content)
        differences = [one.difference for one in found]
        agreed += differences.count(Decimal(0))
        without += differences.count(None)
        wrong += sum(bool(difference) for difference in differences)
        if found and None not in differences:
            assert sum(filter(None, differences), Decimal(0)) == own_difference(content), name
    assert (agreed, without, wrong) == (189, 6, 59)


def test_the_sums_of_camt_agree_with_the_balances(data: Path) -> None:
    differences = {
        (name, one.account, one.id): one.difference
        for name, content in samples(data, "camt")
        for one in of(name, content)
    }
    wrong = {name.rpartition("/")[2]: by for (name, *_), by in differences.items() if by}
    assert wrong == {  # amounts that were changed, or entries that were left out
        "test-camt053": Decimal("-434.16"),
        "test-camt053.zip": Decimal("-504.16"),  # both of its files
        "camt053.v2.five.decimals.xml": Decimal("0.05"),
        "valid_example_v8.xml": Decimal("1251.02"),
        "valid_example_with_batch.xml": Decimal("12774.14"),
        "valid_example_with_debit.xml": Decimal("66.12"),
    }
    assert sum(difference == 0 for difference in differences.values()) == 163


def test_five_entries_of_camt_have_trouble(data: Path) -> None:
    troubles = {
        name.rpartition("/")[2]: entry.trouble
        for name, content in samples(data, "camt")
        for one in of(name, content)
        for entry in one.entries
        if entry.trouble
    }
    assert troubles == {
        "test-camt053.zip": "its transaction is -564.05, the entry is -594.05",
        "camt053.v3.xml": "its transaction is 105.750, the entry is 8.85",
        "camt054.v2.xml": "3 of 3 transactions have no amount in SEK",
        "camt054.v4.xml": "3 of 3 transactions have no amount in SEK",
        "valid_example_v8.xml": "it is in EUR, the account in CHF",
    }


# What others expect


def beside(
    data: Path, folder: str, suffix: str, only: str = ""
) -> Iterator[tuple[str, list[Statement], Any]]:
    """Yield the samples that are read and have a file of expected results beside them."""
    for name, content in samples(data, folder):
        path = (data / folder / name).with_suffix(suffix)
        if only in name and path.is_file() and (found := of(name, content)):
            text = path.read_text("utf-8")
            yield name, found, json.loads(text) if suffix == ".json" else yaml.load(text, Plain)


def entries(found: list[Statement]) -> list[BankEntry]:
    return [entry for one in found for entry in one.entries]


def test_mt940_is_read_as_mt940_rs_expects(data: Path) -> None:
    compared = 0
    for name, found, expected in beside(data, "mt940/svenstaro-mt940-rs", ".json"):
        assert len(found) == len(expected), name
        for one, other in zip(found, expected, strict=True):
            for balance, key in (
                (one.opening, "opening_balance"),
                (one.closing, "closing_balance"),
            ):
                assert balance, name
                assert signed(other[key]) == (balance.amount, balance.on.isoformat())
            for entry, line in zip(one.entries, other["statement_lines"], strict=True):
                compared += 1
                assert entry.value_on.isoformat() == line["value_date"]
                assert entry.booked_on.isoformat() == (line["entry_date"] or line["value_date"])
                assert signed(line, "ext_")[0] == entry.amount
                kind = line["transaction_type_ident_code"]
                assert entry.type_code[1:] == (
                    kind["NonStandard"] if isinstance(kind, dict) else kind
                )
                assert entry.key in (line["bank_ref"] or "", "")
                assert not list(other_words(entry, line["information_to_account_owner"]))
    assert compared == 128


def signed(of: dict[str, Any], prefix: str = "") -> tuple[Decimal, str | None]:
    mark = of[f"{prefix}debit_credit_indicator"]
    sign = 1 if mark in ("Credit", "ReverseDebit") else -1
    return sign * Decimal(of["amount"]), of.get("date")


def plain(text: str) -> str:
    """Return the text without spaces, and without the bank's own message, which we keep apart."""
    return text.replace(" ", "").replace("Ü", "U").removeprefix("MTLG:").partition("MTLG:")[0]


def other_words(entry: BankEntry, words: Any) -> Iterator[tuple[str, str]]:
    """Yield where ours are others than theirs; they have bank codes as BIC, and NONREF as none."""
    if not isinstance(words, dict):
        return
    [part] = entry.parts
    for ours, key in (
        (part.payer_name, "applicant_name"),
        (part.payer_iban, "applicant_iban"),
        (part.payer_bic, "applicant_bin"),
        (part.end_to_end, "end_to_end_reference"),
        (part.remittance, "purpose"),
    ):
        theirs = words.get(key) or "NONREF"
        if plain(ours) != plain(theirs) and not theirs.isdigit() and theirs != "NONREF":
            yield ours, theirs


def test_mt940_is_read_as_mt940_expects(data: Path) -> None:
    """The library mt-940 on its own test set; it reads RC as money that came in."""
    compared, reversed_, other = 0, 0, dict[str, list[tuple[str, str]]]()
    for name, found, expected in beside(data, "mt940/wolph-mt940", ".yml"):
        read_entries = entries(found)
        lines = expected["transactions"]
        assert len(lines) == len(read_entries), name
        for entry, line in zip(read_entries, lines, strict=True):
            theirs = line["data"]
            compared += 1
            amount = Decimal(theirs["amount"]["amount"][0])
            reversed_ += entry.is_reversal
            assert entry.amount == (-amount if entry.is_reversal else amount), name
            assert entry.value_on == theirs["date"], name
            assert entry.booked_on == (theirs.get("entry_date") or entry.booked_on), name
            if others := list(other_words(entry, theirs)):
                other[name] = others
    assert (compared, reversed_) == (150, 2)
    assert [*other] == ["self-provided/overly_long_details.sta"]  # fields 60 to 63, which we keep


class Plain(yaml.SafeLoader):
    """A loader that reads objects of Python as mappings and lists."""


def _plain(loader: Plain, suffix: str, node: yaml.Node) -> Iterator[Any]:
    """Yield first and fill afterwards: the objects name each other."""
    if isinstance(node, yaml.MappingNode):
        made = dict[Any, Any]()
        yield made
        made.update(loader.construct_mapping(node))
    elif isinstance(node, yaml.SequenceNode):
        values = loader.construct_sequence(node, deep=True)
        is_date = suffix.endswith("Date") and values and isinstance(values[0], bytes)
        yield date(values[0][0] << 8 | values[0][1], *values[0][2:4]) if is_date else values


Plain.add_multi_constructor("tag:yaml.org,2002:python/", _plain)


def test_mt940_is_read_as_my_flow_and_mt940_js_expect(data: Path) -> None:
    [(_, found, [fields])] = beside(data, "mt940/my-flow-mt940", ".json", "sample.sta")
    lines = [field for field in fields if "swift_code" in field]
    for entry, line in zip(entries(found), lines, strict=True):
        sign = -1 if line["funds_code"] == "debit" else 1
        assert entry.amount == sign * Decimal(line["amount"])
        assert f"{entry.value_on}T00:00:00" == line["value_date"]
        assert f"{entry.booked_on}T00:00:00" == line["entry_date"]
    [(_, found, [other])] = beside(data, "mt940/webschik-mt940-js", ".json")
    [entry], [line] = entries(found), other["transactions"]
    assert (float(entry.amount), entry.type_code) == (line["amount"], line["code"])
    assert (str(entry.value_on), str(entry.booked_on)) == (line["valueDate"], line["entryDate"])


def test_camt_is_read_as_genkgo_expects(data: Path) -> None:
    compared = 0
    for name, found, expected in beside(data, "camt/genkgo-camt", ".json"):
        for entry, other in zip(entries(found), expected["getEntries"], strict=True):
            compared += 1
            amount = Decimal(other["getAmount"]["getAmount"]) / 100
            assert (entry.amount, entry.currency) == (
                amount,
                other["getAmount"]["getCurrency"]["getCode"],
            ), name
            days = [(other[f"get{one}Date"] or {}).get("0") for one in ("Booking", "Value")]
            for ours, theirs in zip((entry.booked_on, entry.value_on), days, strict=True):
                assert theirs is None or theirs.startswith(str(ours)), name
            assert entry.is_reversal == other["getReversalIndicator"]
            assert entry.key == (other["getAccountServicerReference"] or entry.key)
            detail = other["getTransactionDetail"]
            reference = ((detail or {}).get("getReference") or {}).get("getEndToEndId")
            assert entry.parts[0].end_to_end == (reference or "")
            assert entry.parts[0].payer_iban in json.dumps(detail)
            assert entry.parts[0].payer_name in json.dumps(detail)
    assert compared == 11
