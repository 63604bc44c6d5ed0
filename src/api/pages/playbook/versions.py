"""The versions of the playbook, and the faults of a new one at their line."""

from dataclasses import dataclass
from datetime import date

from api.i18n.reasons import written_reason
from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.i18n.wording import Wording
from api.pages.kit.visitor import Visitor
from ledger.facts.books import PLAYBOOK, book_id
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.checks import check_playbook
from ledger.policy.playbook.in_force import shipped
from ledger.policy.playbook.lines import line_in, line_of
from ledger.policy.playbook.yaml_file import MAX_BYTES, Malformed, parse
from ledger.policy.refusal import Refused
from ledger.store.entry_queries import of_book

AROUND = 2  # lines shown before and after a fault


@dataclass(frozen=True)
class Version:
    """Rules, who applied them and when; version 0 are the shipped rules."""

    number: int
    rules: Rules
    on: date | None = None
    by: str = ""
    why: str = ""


@dataclass(frozen=True)
class FaultyLine:
    """What is wrong with the text of a playbook, and the lines around it."""

    why: str
    place: str = ""  # the rule, as a path
    line: int = 0
    excerpt: tuple[tuple[int, str], ...] = ()


class Faulty(Exception):
    """The text of a playbook that cannot be applied."""

    def __init__(self, fault: FaultyLine) -> None:
        super().__init__(fault)
        self.fault = fault


async def versions_of(visitor: Visitor) -> list[Version]:
    """Return all versions, the shipped rules first."""
    tenant = visitor.person.tenant_id
    book = book_id(tenant, PLAYBOOK.name, NUMBER)
    lines = await visitor.app.query(of_book(tenant, book))
    entries = [line.entry for line in lines]
    return [
        Version(0, shipped()),
        *(
            Version(
                entry.event.version, entry.event.rules, entry.event.on, entry.by, entry.event.why
            )
            for entry in entries
        ),
    ]


def checked_rules(text: str, words: Translation) -> Rules:
    """Return the rules of a text after all checks. Raises ``Faulty``."""
    content = text.encode()
    if len(content) > MAX_BYTES:
        raise Faulty(FaultyLine(words("At most {bytes} bytes.", bytes=f"{MAX_BYTES:,}")))
    try:
        rules = parse(content, "")
        check_playbook(rules)
    except Malformed as error:
        line = line_of(text, error.pointer) or line_in(error.rule)
        why = written_reason(error.rule, Wording(words), str)
        raise Faulty(_fault(text, why, error.pointer, line)) from None
    except Refused as error:
        pointer = (error.field or "").removeprefix("rules")
        line = line_of(text, pointer)
        raise Faulty(_fault(text, refusal_text(error, words), pointer, line)) from None
    return rules


def _fault(text: str, why: str, pointer: str, line: int) -> FaultyLine:
    lines = [*enumerate(text.splitlines(), 1)]
    near = lines[max(line - 1 - AROUND, 0) : line + AROUND] if line else []
    return FaultyLine(why, pointer.removeprefix("/"), line, tuple(near))
