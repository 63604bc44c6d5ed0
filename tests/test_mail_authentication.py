"""What our mail server found out about a sender, as strictly as RFC 8601 writes it."""

import pytest

from api.mail.authentication import findings, is_authentic, is_signed
from api.mail.parse import read
from support.mail_samples import mail

US = frozenset({"mx.seller.example"})
THEIRS = "bakery.example"
PROVEN = (
    "dmarc=pass header.from=bakery.example",
    "spf=fail smtp.mailfrom=x@list.example; DMARC=Pass (p=REJECT) Header.From=Bakery.Example",
    "dkim=pass header.d=bakery.example",
    "dkim=pass header.i=@bakery.example header.s=s1 header.b=aB/+x1=",
    "dkim/1=pass reason=\"good; really\" header.d=bakery.example",
    "dkim=fail header.d=bakery.example; dkim=pass (2048-bit) header.d=bakery.example;",
    "dmarc=none header.from=bakery.example; dkim = pass header.d = bakery.example",
    "dkim=pass\r\n\theader.d=bakery.example (a (nested \\) one) here)",
)  # fmt: skip
UNPROVEN = (
    "none",
    "dmarc=fail header.from=bakery.example",
    "dmarc=pass header.from=evil.example",
    "dmarc=pass",
    "dmarc=bestguesspass header.from=bakery.example",
    "dmarc=fail header.from=bakery.example; dkim=pass header.d=bakery.example",
    "spf=pass smtp.mailfrom=jan@bakery.example",
    "dkim=pass header.d=evil.example",
    "dkim=pass header.d=example",
    "dkim=pass header.d=mail.bakery.example",
    "dkim=pass header.d=notbakery.example",
    "dkim=temperror header.d=bakery.example",
    "dkim=pass header.d=evil.example header.d=bakery.example",
    "(dmarc=pass header.from=bakery.example)",
    'spf=fail smtp.mailfrom="; dmarc=pass header.from=bakery.example; x="@evil.example',
    'spf=fail reason="x\\"; dmarc=pass header.from=bakery.example; "',
    'spf=fail smtp.mailfrom=" dkim=pass header.d=bakery.example',
    "spf=fail (unfinished; dmarc=pass header.from=bakery.example",
    "spf=fail smtp.mailfrom=x) dmarc=pass header.from=bakery.example",
    "dmarc=pass header.from=bakery.example anything",
    'dmarc=pass "header.from=bakery.example"',
    "dmarc=pass header.from=bakery.example; " + "x=y " * 5_000,
)


@pytest.mark.parametrize("found", PROVEN)
def test_the_domain_of_the_sender_is_proven(found: str) -> None:
    assert is_authentic(findings([f"mx.seller.example; {found}"], US), THEIRS)
    assert is_authentic(findings([f"MX.seller.example 1; {found}"], US), THEIRS)


@pytest.mark.parametrize("found", UNPROVEN)
def test_anything_else_proves_nothing(found: str) -> None:
    assert not is_authentic(findings([f"mx.seller.example; {found}"], US), THEIRS)


def test_a_signature_of_the_domain_above_is_as_good() -> None:
    found = findings(["mx.seller.example; dkim=pass header.d=bakery.example"], US)
    assert is_signed(found, "mail.bakery.example")
    assert not is_signed(found, "bakery.example.evil.example")


def test_dmarc_alone_is_no_signature() -> None:
    found = findings(["mx.seller.example; dmarc=pass header.from=bakery.example"], US)
    assert is_authentic(found, THEIRS)
    assert not is_signed(found, THEIRS)


GOOD = "mx.seller.example; dmarc=pass header.from=bakery.example"


@pytest.mark.parametrize(
    "fields",
    [
        [],
        ["mx.evil.example; dmarc=pass header.from=bakery.example"],
        ["dmarc=pass header.from=bakery.example"],  # a field without the name of its server
        ["mx.seller.example; dmarc=fail header.from=bakery.example", GOOD],
        ["mx.seller.example; spf=pass smtp.mailfrom=x@evil.example", GOOD],
        ['mx.seller.example; spf=fail smtp.mailfrom="', GOOD],  # malformed
        ["\r\n\tmx.seller.example(x) ; spf=fail (", GOOD],
        ["(x) mx.seller.example; none", GOOD],
        ['"mx.seller.example"; none', GOOD],
    ],
)
def test_only_the_topmost_field_of_our_own_server_counts(fields: list[str]) -> None:
    assert not is_authentic(findings(fields, US), THEIRS)


def test_a_field_of_another_server_above_takes_nothing_away() -> None:
    assert is_authentic(findings(["lists.example; dmarc=fail", GOOD], US), THEIRS)


ONE = [
    "jan@bakery.example",
    "Jan <jan@bakery.example>",
    '"Jansen, Jan; \\"the\\" baker <x@y>" <Jan@Bakery.example>',
    "=?utf-8?q?J=C3=A4n?= <jan@bakery.example>",
    "jan@bakery.example <jan@bakery.example>",
    "Jan\r\n <jan@bakery.example>",
]
SEVERAL = [
    ["attacker@evil.example, jan@bakery.example"],
    ["attacker@evil.example", "jan@bakery.example"],
    ["jan@bakery.example", "jan@bakery.example"],
    ["jan@bakery.example; attacker@evil.example"],
    ["<attacker@evil.example> <jan@bakery.example>"],
    ["attacker@evil.example =?utf-8?q?<jan=40bakery.example>?="],
    ["=?utf-8?q?jan=40bakery.example?= attacker@evil.example"],
    ["jan@bakery.example attacker@evil.example"],
    ["friends: jan@bakery.example, attacker@evil.example;"],
    ["jan@bakery.example@evil.example"],
    ["<jan@bakery.example> attacker@evil.example"],
    ["Jan"],
    [""],
    [],
    [f"{'x' * 2_000} <jan@bakery.example>"],
]


@pytest.mark.parametrize("from_", ONE)
def test_one_sender(from_: str) -> None:
    assert read(mail(f"From: {from_}")).single_sender


@pytest.mark.parametrize("fields", SEVERAL)
def test_a_sender_that_two_readers_may_see_differently_is_none(fields: list[str]) -> None:
    assert not read(mail(*(f"From: {field}" for field in fields))).single_sender
