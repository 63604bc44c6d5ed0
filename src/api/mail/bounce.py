"""Delivery failures in a bounce: the recipients not reached, and the messages returned.

They come from its report (RFC 3464), else from what flufl.bounce knows of mail servers without one.
"""

import re
from collections.abc import Iterator, Set
from email.message import Message as Mail
from email.parser import BytesParser

from flufl.bounce import all_failures

from api.mail import charsets
from api.mail.automatic import from_machine, null_sender, report_type
from api.mail.headers import addresses, first, ids
from api.mail.parts import POLICY, children
from commands.inbox.message import DeliveryFailure

STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")  # RFC 3463
REPLY = re.compile(r"(?<![\d.-])([45])[0-5]\d(?=[ -]\D)")  # of SMTP
MESSAGE_ID = re.compile(r"^\W{0,10}message-id:\s*<([^<>\s]{1,900})>", re.I | re.M)
MAIL = re.compile(r"(?<![\w.+=-])[\w.+=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
FAILED = re.compile(
    r"\W{0,10}(?:undeliver|nondeliver|non-deliver|unzustellbar|non remis|onbestelbaar|could not"
    r"|delivery (?:status|failure|failed|has failed|report|problem|notif|error)|failure delivery"
    r"|returned(?: to sender| mail)|mail (?:delivery|system error|failure|could not)|failed mail"
    r"|failure notice|message (?:could not|delivery|status|not delivered)|unable to deliver"
    r"|warning: (?:message|could not|e?-?mail)|there was an error sending"
    r"|.{0,200}\bdelivery failed)",
    re.I,
)
STILL_TRIED = re.compile(  # of a notice that the mail server has not given up
    r"(?:will|shall) (?:be retried|keep trying|continue (?:to try|trying|attempting)|retry)"
    r"|(?:still|keeps?) (?:trying|being retried)|not yet been delivered|(?:has|been|is) delayed"
    r"|warning message only|temporary failure|attempts? to deliver .{0,40}will continue"
    r"|do not need to re-?send|for \d+ more (?:days?|hours?)"
    r"|delivery delay|notification [(]delay[)]"
    r"|noch nicht zugestellt|weitere[rn]? zustellversuche?|weiterhin versuch|verzögert"
    r"|nog niet (?:afgeleverd|bezorgd)|(?:wordt|blijft) .{0,40}(?:geprobeerd|proberen)|vertraagd"
    r"|pas encore (?:pu )?(?:été |être )?(?:remis|distribué|livré)|(?:est|été) retardée?"
    r"|(?:nouvelles?|autres) tentatives?",
    re.I,
)
LOOKED_AT = (
    200_000  # characters of the text, bytes of the mail: the cause comes before the quotation
)
DIAGNOSTIC = 500  # characters that are kept
DELIVERY_STATUS = "message/delivery-status"
REACHED = ("delivered", "deliverable", "relayed", "expanded")


def failures(mail: Mail, text: str, raw: bytes) -> tuple[DeliveryFailure, ...]:
    """Return a failure for each recipient not reached; none if the mail, ``raw``, is no bounce."""
    reports = [part for part in mail.walk() if part.get_content_type() == DELIVERY_STATUS]
    blocks = [block for part in reports for block in children(part) if _recipient(block)]
    if blocks:
        late = _still_tried(mail, text)
        found = (_failure(block, late) for block in blocks if _action(block) not in REACHED)
        return _each_once(found)
    if report_type(mail) not in ("", "unknown", "delivery-status"):
        return ()  # a receipt, or a complaint
    by_subject = bool(FAILED.match(first(mail, "Subject")))
    machine = null_sender(mail) or from_machine(mail) or report_type(mail) == "delivery-status"
    if not (by_subject or machine):
        return ()
    head = mail if len(raw) <= LOOKED_AT else BytesParser(policy=POLICY).parsebytes(raw[:LOOKED_AT])
    return _each_once(_guessed(head, text[:LOOKED_AT], by_subject))


def returned_message_ids(mail: Mail, text: str) -> tuple[str, ...]:
    """Return the ids of the returned messages, and of those that the bounce names."""
    found = list[str]()
    for part in mail.walk():
        if part is not mail and part["Message-ID"]:
            found += ids(part, "Message-ID")
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
            found += MESSAGE_ID.findall(_content(part))
    for name in ("Original-Message-ID", "X-Original-Message-ID", "In-Reply-To", "References"):
        found += ids(mail, name)
    found += MESSAGE_ID.findall(text[:LOOKED_AT])
    own = ids(mail, "Message-ID")
    return tuple(charsets.clean(id_) for id_ in dict.fromkeys(found) if id_ not in own)


def _still_tried(mail: Mail, text: str) -> bool:
    """Return whether it states, before what it quotes, that the mail server tries again."""
    words = f"{first(mail, 'Subject')}\n{text[:LOOKED_AT].partition('Received:')[0]}"
    return bool(STILL_TRIED.search(words))


def _failure(block: Mail, late: bool) -> DeliveryFailure:
    """Return the failure; ``late`` counts where the report itself does not tell."""
    diagnostic = first(block, "Diagnostic-Code").partition(";")[2].strip()
    found = STATUS.search(first(block, "Status")) or STATUS.search(diagnostic)
    status = found[0] if found else ""
    delayed = _action(block) == "delayed" or (late and not _action(block) and status[:1] != "5")
    permanent = status.startswith("5") if status else not delayed
    return DeliveryFailure(
        _recipient(block), permanent and not delayed, delayed, status, diagnostic[:DIAGNOSTIC]
    )


def _guessed(mail: Mail, text: str, by_subject: bool) -> Iterator[DeliveryFailure]:
    found, reply = STATUS.search(text), REPLY.search(text)
    status = found[0] if found else ""
    hint = status[:1] or (reply[1] if reply else "")
    late = hint != "5" and _still_tried(mail, text)
    temporary, permanent = _known_to_flufl(mail)
    for recipients, delayed in ((permanent, False), (temporary, True)):
        for recipient in sorted(charsets.decode(name, "")[0].lower() for name in recipients):
            delayed = delayed or late
            yield DeliveryFailure(recipient, not delayed and hint != "4", delayed, status)
    if not temporary and not permanent and by_subject:
        for recipient in _named(mail, text):
            yield DeliveryFailure(recipient, not late and hint != "4", late, status)


def _known_to_flufl(mail: Mail) -> tuple[Set[bytes], Set[bytes]]:
    if not first(mail, "From"):
        return frozenset(), frozenset()  # flufl.bounce takes for granted that there is one
    try:
        return all_failures(mail)
    except Exception:  # flufl.bounce may raise any kind on a malformed mail, and logs it
        return frozenset(), frozenset()


def _named(mail: Mail, text: str) -> list[str]:
    """Return the recipients in the server's own field, else the only one written to or named."""
    if failed := addresses(mail, "X-Failed-Recipients"):
        return [address.mail for address in failed]
    returned = [
        address for part in mail.walk() if part is not mail for address in addresses(part, "To")
    ]
    ours = {address.mail for address in addresses(mail, "From", "To", "Sender", "Return-Path")}
    in_text = {name.lower() for name in MAIL.findall(text.partition("Received:")[0])} - ours
    for names in ({address.mail for address in returned}, in_text):
        if len(names) == 1:
            return list(names)
    return [""]


def _each_once(failures: Iterator[DeliveryFailure]) -> tuple[DeliveryFailure, ...]:
    found = dict[str, DeliveryFailure]()
    for failure in failures:
        found.setdefault(failure.recipient, failure)
    return tuple(found.values())


def _recipient(block: Mail) -> str:
    """Return the address that we wrote to, before any forwarding."""
    for name in ("Original-Recipient", "Final-Recipient", "X-Actual-Recipient"):
        value = first(block, name)
        mail = value.partition(";")[2] if ";" in value else value
        if "@" in mail:
            return mail.strip().strip("<>\"' ").lower()
    return ""


def _action(block: Mail) -> str:
    return first(block, "Action").split(" ")[0].lower()


def _content(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    return charsets.decode(payload[:LOOKED_AT], "")[0] if isinstance(payload, bytes) else ""
