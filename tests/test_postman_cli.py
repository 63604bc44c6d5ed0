"""``dossier postman`` and the postman in a worker, as their users meet them."""

from pathlib import Path

import pytest

from commands.debtors.registration import CorrectDebtor
from ledger.facts.codes import Channel
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.messages.template_text import TEMPLATES
from support.cli import CliUser
from support.postman_case import FOLLOW_UP, PostmanCase, ask
from support.smtp import SmtpServer
from support.waiting import wait_for


@pytest.fixture
def mail_cli(database: str, smtp: SmtpServer) -> CliUser:
    return CliUser(database, "default", smtp.environment())


def test_a_dry_run_prints_and_does_nothing(
    postman: PostmanCase, smtp: SmtpServer, mail_cli: CliUser
) -> None:
    postman.creditor.execute(ask(), ask("reminder/paid", "A-2"))
    mail_cli.record("receive-payment", invoice="A-2", reference="P", amount=100).ok()
    head = postman.creditor.ledger.head()
    said = mail_cli("postman", "--dry-run").ok().out
    assert "To: ap@bakery.example" in said
    assert "Subject: Herinnering" in said
    assert "reminder/paid would be withdrawn: Follow-up of invoice A-2 pauses" in said
    assert smtp.came == []
    assert postman.creditor.ledger.head() == head


def test_once_it_sends_what_waits(
    postman: PostmanCase, smtp: SmtpServer, mail_cli: CliUser
) -> None:
    postman.creditor.execute(ask())
    [row] = mail_cli("postman", "list", "--json").ok().json
    assert (row["message"], row["status"]) == (FOLLOW_UP, "asked")
    assert mail_cli("postman", "--once").ok().err.strip() == "Sent: 1."
    assert len(smtp.came) == 1
    assert mail_cli("postman", "list", "--json").ok().json == []


def test_one_that_was_looked_at_goes_and_the_others_wait(
    postman: PostmanCase, smtp: SmtpServer, mail_cli: CliUser
) -> None:
    """Demand 18: keep control, one by one."""
    postman.creditor.execute(ask(), ask("reminder/other", "A-2"))
    mail_cli("postman", "send", FOLLOW_UP, "reminder/none").refused("reminder/none")
    assert smtp.came == []
    assert mail_cli("postman", "send", FOLLOW_UP).ok().err.strip() == "Sent: 1."
    [row] = mail_cli("postman", "list", "--json").ok().json
    assert row["message"] == "reminder/other"
    mail_cli("postman", "send", FOLLOW_UP).refused("No mail named")


def test_letters_wait_until_it_is_said_where_we_are(
    postman: PostmanCase, mail_cli: CliUser
) -> None:
    postman.creditor.execute(ask(channel=Channel.LETTER, to=("Dorpsstraat 1, Utrecht",)))
    [row] = mail_cli("postman", "list", "--json").ok().json
    assert row["channel"] == "letter"
    listed = " ".join(mail_cli("postman", "list").ok().out.split())
    assert "DOSSIER_ADDRESS" in listed
    assert mail_cli("postman", "--once").ok().err.strip() == "Sent: 0."


def test_a_preview_is_the_mail_byte_by_byte(
    postman: PostmanCase, smtp: SmtpServer, mail_cli: CliUser
) -> None:
    postman.creditor.execute(ask())
    raw = mail_cli("postman", "preview", FOLLOW_UP, "--raw").ok().out
    assert "Subject: Herinnering" in mail_cli("postman", "preview", FOLLOW_UP).ok().out
    mail_cli("postman", "--once").ok()
    [(_, came)] = smtp.came
    assert raw.splitlines() == came.decode().splitlines()
    mail_cli("postman", "preview", "reminder/none").refused("There is no message reminder/none.")


def test_templates_are_listed_checked_and_shown(mail_cli: CliUser, tmp_path: Path) -> None:
    assert (
        f"{len(TEMPLATES) * len(LANGUAGES)} templates can be used."
        in mail_cli("postman", "templates", "--check").ok().out
    )
    assert "nl/final-notice" in mail_cli("postman", "templates").ok().out
    shown = mail_cli("postman", "preview", "reminder", "--language", "de").ok().out
    assert "Subject: Zahlungserinnerung" in shown
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "reminder.txt").write_text("Subject: x\n\n#nothing_known\n")
    own = CliUser(mail_cli.url, "default", {"DOSSIER_TEMPLATES": str(tmp_path)})
    answer = own("postman", "templates", "--check")
    assert answer.code == 1
    assert "'nothing_known' is undefined" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "DOSSIER_SMTP_URL"),
        ({"DOSSIER_SMTP_URL": "smtp://x"}, "DOSSIER_MAIL_FROM"),
        ({"DOSSIER_SMTP_URL": "smtp://x", "DOSSIER_MAIL_FROM": "x"}, "DOSSIER_MAIL_FROM"),
        ({"DOSSIER_SMTP_URL": "x", "DOSSIER_MAIL_FROM": "a@b.nl"}, "DOSSIER_SMTP_URL"),
        ({"DOSSIER_SMTP_URL": "smtp://x", "DOSSIER_MAIL_FROM": "a@b.nl", "DOSSIER_REPLY_TO": "b"},
         "DOSSIER_REPLY_TO"),
    ],
)  # fmt: skip
def test_what_is_not_set_is_said(database: str, environment: dict[str, str], name: str) -> None:
    CliUser(database, "default", environment)("postman", "--once").refused(name, code=2)


def test_no_server_is_one_line(postman: PostmanCase, mail_cli: CliUser) -> None:
    postman.creditor.execute(ask())
    nowhere = {**mail_cli.more, "DOSSIER_SMTP_URL": "smtp://127.0.0.1:1"}
    CliUser(mail_cli.url, "default", nowhere)("postman", "--once").refused("127.0.0.1:1")
    assert postman.message(FOLLOW_UP).status == "asked"


@pytest.mark.parametrize("command", ["postman", "worker"])
def test_it_goes_its_rounds_until_it_is_told_to_stop(
    postman: PostmanCase, smtp: SmtpServer, mail_cli: CliUser, command: str, tmp_path: Path
) -> None:
    address = "Dorpsstraat 1, Utrecht"
    postman.creditor.execute(CorrectDebtor(debtor="D-7", why="Told.", address=address))
    more = {"DOSSIER_ADDRESS": "Stationsplein 1, Utrecht", "DOSSIER_LETTERS": str(tmp_path)}
    both = CliUser(mail_cli.url, "default", mail_cli.more | more)
    with both.started(command) as process:
        assert process.stderr
        process.stderr.readline()
        postman.creditor.execute(ask("follow-up/1"))
        postman.creditor.execute(ask("follow-up/2", "A-2", channel=Channel.LETTER, to=(address,)))
        for name in ("follow-up/1", "follow-up/2"):
            wait_for(lambda name=name: postman.message(name).status == "sent")
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert len(smtp.came) == len(list(tmp_path.glob("default/2026-03-02_*.pdf"))) == 1
