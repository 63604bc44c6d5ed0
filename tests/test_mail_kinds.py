"""Who wrote it: a person, a machine that answers, a mail server, or a list."""

import pytest

from api.mail.parse import read
from commands.inbox.message import DeliveryFailure, MessageKind
from support.mail_samples import mail

FROM = "From: Jan <jan@baker.example>"
REPORT = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner=x",
        "X-Autoreply: yes",
        "X-Autorespond: Away",
        "Precedence: auto_reply",
        "Precedence: junk",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        "Sender: MAILER-DAEMON@mx.example",
        "Subject: Automatic reply: Invoice 2026-0017",
        "Subject: Abwesenheitsnotiz: Rechnung",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_facture?=",
        "Subject: Automatisch antwoord: factuur",
    ],
)
def test_a_machine_answers(field: str) -> None:
    message = read(mail(FROM, field))
    assert message.kind is MessageKind.AUTO_REPLY
    assert len(message.signs) == 1
    assert message.failures == ()


@pytest.mark.parametrize(
    "field",
    [
        "X-Auto-Response-Suppress: All",
        "Auto-Submitted: no",
        "Return-Path: <jan@baker.example>",
        "Subject: Re: Automatic reply: Invoice 2026-0017",
        "Subject: Fwd: Undelivered Mail Returned to Sender",
        "Subject: Delivery of goods failed, see 2026-0017",
        "Precedence: first-class",
    ],
)
def test_a_person_writes(field: str) -> None:
    message = read(mail(FROM, field))
    assert message.kind is MessageKind.PERSON
    assert message.signs == ()


@pytest.mark.parametrize("field", ["List-Id: <news.example>", "Precedence: bulk"])
def test_a_list_sends(field: str) -> None:
    assert read(mail(FROM, field)).kind is MessageKind.LIST
    assert read(mail(FROM, field, "Auto-Submitted: auto-replied")).kind is MessageKind.AUTO_REPLY


def report(*blocks: str) -> bytes:
    status = "\n\n".join(("Reporting-MTA: dns; mx.example", *blocks))
    return mail(
        "From: MAILER-DAEMON@mx.example",
        "Message-ID: <bounce@mx.example>",
        REPORT,
        text=f"--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n{status}\n\n"
        "--b\nContent-Type: text/rfc822-headers\n\nTo: jan@baker.example\n"
        "Message-ID: <entry-17@seller.example>\n\n--b--\n",
    )


def test_a_report_says_who_and_what_became_of_each() -> None:
    message = read(
        report(
            "Final-Recipient: rfc822; new@baker.example\n"
            "Original-Recipient: rfc822;Jan@Baker.example\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550 5.1.1 unknown\n user",
            "Final-Recipient: rfc822; full@baker.example\nAction: failed\nStatus: 4.2.2",
            "Final-Recipient: rfc822; slow@baker.example\nAction: delayed\nStatus: 4.4.1",
            "Final-Recipient: rfc822; odd@baker.example\nAction: failed\nStatus: none",
            "Final-Recipient: rfc822; well@baker.example\nAction: delivered\nStatus: 2.0.0",
        )
    )
    assert message.kind is MessageKind.BOUNCE
    assert message.failures == (
        DeliveryFailure("jan@baker.example", True, False, "5.1.1", "550 5.1.1 unknown user"),
        DeliveryFailure("full@baker.example", False, False, "4.2.2"),
        DeliveryFailure("slow@baker.example", False, True, "4.4.1"),
        DeliveryFailure("odd@baker.example", True),
    )
    assert message.about == ("entry-17@seller.example",)
    assert [one.media_type for one in message.attachments] == [
        "message/delivery-status",
        "text/rfc822-headers",
    ]


def test_a_report_that_all_went_well_is_no_bounce() -> None:
    well = "Final-Recipient: rfc822; jan@baker.example\nAction: relayed\nStatus: 2.0.0"
    assert read(report(well)).kind is MessageKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("text", "status", "permanent"),
    [
        ("<jan@baker.example>: 550 5.1.1 no such user", "5.1.1", True),
        ("<jan@baker.example>: 452 4.2.2 mailbox full, given up", "4.2.2", False),
        ("Could not reach jan@baker.example.", "", True),
    ],
)
def test_a_bounce_in_the_server_s_own_words(text: str, status: str, permanent: bool) -> None:
    about = "\n\nReceived: from us\nMessage-ID: <entry-17@seller.example>\n"
    fields = ("Return-Path: <>", "From: mailer-daemon@mx.example", "Subject: Returned mail")
    message = read(mail(*fields, text=text + about))
    assert message.failures == (DeliveryFailure("jan@baker.example", permanent, False, status),)
    assert message.about == ("entry-17@seller.example",)
    assert message.kind is MessageKind.BOUNCE


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Delivery Status Notification (Delay)", "Message will be retried for 4 more day(s)."),
        ("Undelivered Mail Returned to Sender", "It will be retried for 4 more days."),
        ("Warning: message 1x delayed 24 hours", "You do not need to resend the message."),
        ("Delivery delayed", "jan@baker.example: the mail could not be delivered so far.\n"
         "Es wird weiterhin versucht, sie zuzustellen."),
        ("Mail delivery failed", "Votre message n'a pas encore été remis à jan@baker.example"),
        ("Mail delivery problem", "Uw bericht aan jan@baker.example is nog niet bezorgd."),
    ],
)  # fmt: skip
def test_a_notice_of_a_delay_is_no_permanent_failure(subject: str, text: str) -> None:
    fields = ("Return-Path: <>", "From: mailer-daemon@mx.example", f"Subject: {subject}")
    message = read(mail(*fields, text=f"To jan@baker.example:\n{text}\n"))
    assert [one.permanent for one in message.failures] in ([False], [])
    status = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; jan@baker.example"
    parts = f"--b\n\n{text}\n--b\nContent-Type: message/delivery-status\n\n{status}\n\n--b--\n"
    message = read(mail(*fields, REPORT, text=parts))
    assert [one.permanent for one in message.failures] == [False]


def test_a_permanent_failure_that_was_delayed_before_is_one() -> None:
    fields = ("Return-Path: <>", "From: mailer-daemon@mx.example", "Subject: Returned mail")
    text = "Delivery has been delayed, then given up.\n<jan@baker.example>: 550 5.1.1 unknown\n"
    assert [one.permanent for one in read(mail(*fields, text=text)).failures] == [True]
