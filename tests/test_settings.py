"""A setting that cannot be meant stops the start: its name, the value and the rule are shown."""

from pathlib import Path

import pytest

from api.environment import LIMITS
from api.preflight import RULES, check
from support import interfaces
from support.cli import CliUser

OURS = {"DOSSIER_SERVED"}  # set by a process for its own
WRONG = {
    "DOSSIER_ADDRESS": ["  ", "\n\n"],
    "DOSSIER_ADMINS": [",", "anna,,eva", " "],
    "DOSSIER_DATABASE_URL": ["not a url", "postgresql://[", "user=x"],
    "DOSSIER_HOME": ["/dev/null/x", " "],
    "DOSSIER_LETTERS": ["/dev/null", "/dev/null/letters"],
    "DOSSIER_LETTER_FOOT": ["  "],
    "DOSSIER_MAILBOXES": [
        *("x", "http://host", "imaps://host/INBOX", "imap://u:p@mail.example/INBOX"),
        *("imaps://u:p@host:port/INBOX", "imaps://u:p@host/INBOX?tenat=acme"),
    ],
    "DOSSIER_MAIL_AUTHSERV": ["mx;example", '"mx"'],
    "DOSSIER_MAIL_FROM": ["nobody", "Acme BV", "a@b@c"],
    "DOSSIER_OIDC": ["/nowhere/at/all", "/dev/null", "/dev"],
    "DOSSIER_OWNER_URL": ["not a url", "user=x"],
    "DOSSIER_PORTAL": [" "],
    "DOSSIER_PUBLIC_FORM": [" "],
    "DOSSIER_PUBLIC_URL": ["acme.example", "ftp://acme.example", "https://acme.example/a?b=c"],
    "DOSSIER_REPLY_SECRET": ["x", "     "],
    "DOSSIER_REPLY_TO": ["nobody"],
    "DOSSIER_SECURITY_LOG": ["/dev", "/dev/null/log"],
    "DOSSIER_SMTP_URL": ["mail.example", "smtp://", "smtp://mail.example:port", "imap://x"],
    "DOSSIER_TEMPLATES": ["/nowhere/at/all", "/dev/null"],
    "DOSSIER_TENANT": [" acme", "a\tb"],
    "DOSSIER_WHATSAPP_API": ["graph.facebook.com", "https://"],
    "DOSSIER_WHATSAPP_NUMBERS": ["123", "acme=123", "=acme", "123="],
    "DOSSIER_WHATSAPP_SECRET": ["x"],
    "DOSSIER_WHATSAPP_TOKEN": ["x"],
    "DOSSIER_WHATSAPP_VERIFY_TOKEN": [" x "],
    **{name: ["0", "-1", "x", "1.5", "1e3", str(limits[1] + 1)] for name, limits in LIMITS.items()},
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in {*RULES, *LIMITS}:
        monkeypatch.delenv(name, raising=False)


def test_every_setting_of_the_code_has_a_rule_and_wrong_values() -> None:
    assert {*RULES, *LIMITS} == {*interfaces.environment()} - OURS
    assert {*WRONG} == {*RULES, *LIMITS}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_value_that_cannot_be_meant_stops_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=f"^{name}: ") as refused:
        check()
    assert " is not " in str(refused.value)


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DOSSIER_MAILBOXES": "http://anna:hushhush@host",
        "DOSSIER_SMTP_URL": "gopher://anna:hushhush@host",
        "DOSSIER_WHATSAPP_TOKEN": "hush",
        "DOSSIER_OWNER_URL": "user=x password=hushhush",
    }.items():
        with monkeypatch.context() as with_it:
            with_it.setenv(name, value)
            with pytest.raises(ValueError, match=name) as refused:
                check()
            assert "hush" not in str(refused.value)


def test_a_misspelt_name_is_shown_with_the_one_that_is_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOSSIER_SMPT_URL", "smtp://mail.example")
    with pytest.raises(ValueError, match="DOSSIER_SMPT_URL is no setting: write DOSSIER_SMTP_URL"):
        check()


def test_a_setting_that_needs_another_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_WHATSAPP_NUMBERS", "123=acme")
    with pytest.raises(ValueError, match="nothing is received without DOSSIER_WHATSAPP_SECRET"):
        check()


def test_providers_need_an_address_to_lead_back_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(
        "acme: {label: A, issuer: 'https://a.example', client: c,"
        " groups: [{group: g, role: admin}]}"
    )
    monkeypatch.setenv("DOSSIER_OIDC", str(file))
    with pytest.raises(ValueError, match="leads back to DOSSIER_PUBLIC_URL"):
        check()
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.acme.example")
    check()


def test_settings_that_are_meant_let_it_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {
        "DOSSIER_ADDRESS": "Acme BV\nDorpsstraat 1\nDorp",
        "DOSSIER_ADMINS": "anna, eva",
        "DOSSIER_DATABASE_URL": "host=/run/postgres dbname=dossier",
        "DOSSIER_OWNER_URL": "postgresql://owner:secret@db.example/dossier?sslmode=verify-full",
        "DOSSIER_HOME": str(tmp_path / "new" / "home"),
        "DOSSIER_LETTERS": str(tmp_path),
        "DOSSIER_MAILBOXES": "imaps://a:b@h/INBOX imaps://c:d@h/INBOX?tenant=acme",
        "DOSSIER_MAIL_FROM": "Acme BV <credit@acme.example>",
        "DOSSIER_SMTP_URL": "smtps://u:p@mail.example:465",
        "DOSSIER_PUBLIC_URL": "https://acme.example/dossier/",
        "DOSSIER_SECURITY_LOG": "-",
        "DOSSIER_TENANT": "",
    }.items():
        monkeypatch.setenv(name, value)
    check()


def test_serve_and_worker_do_not_start(database: str) -> None:
    cli = CliUser(database, more={"DOSSIER_PUBLIC_FORM": " "})
    for command in ("serve", "worker"):
        cli(command).refused("DOSSIER_PUBLIC_FORM: ' ' is not tenants", code=2)
