"""What a person can do from a list or a file: each act is a short form that says what it will do.

An act is data: its fields, and the commands that a filled form stands for. The form is checked by
the same pipeline that records it, and shows the entries before they are written when asked to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.pages.kit.posted import Posted
from commands.command import Command
from commands.context import Reactions
from commands.execute import Plan
from ledger.policy.refusal import Refused

Given = Mapping[str, str]
Commands = Sequence[Command] | Plan


@dataclass(frozen=True)
class Field:
    """A field of a form. ``kind`` is its control: text, long, day, amount, choice or check."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()  # value and word
    translated: bool = True  # the words of the options are texts of ours


@dataclass(frozen=True)
class Act:
    """An act on an invoice, a debtor or a task."""

    noun: str  # of its address
    title: str
    button: str
    icon: str
    does: str  # what it will do, before it is pressed
    fields: tuple[Field, ...]
    commands: Callable[[Any, Posted], Commands]  # of the book, or what else the act is about
    first: Callable[[Any, date], Given] = field(default=lambda book, today: {})
    reactions: Reactions | None = None


class Unfit(Exception):
    """A form that cannot be recorded: the text of the fault of each field, by its name."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults


def checked(act: Act, about: Any, form: Posted, words: Translation) -> Commands:
    """Return the commands of a filled form. Raises ``Unfit`` with a text for each faulty field."""
    missing = [part for part in act.fields if part.required and not form.get(part.name)]
    if missing:
        raise Unfit({part.name: words("This is needed.") for part in missing})
    try:
        return act.commands(about, form)
    except Refused as error:
        raise Unfit({error.field or "": refusal_text(error, words)}) from error
    except ValidationError as error:
        raise Unfit(dict(_faults(error, act, words))) from error


def _faults(error: ValidationError, act: Act, words: Translation) -> Iterator[tuple[str, str]]:
    names = {part.name: part for part in act.fields}
    for fault in error.errors():
        name = str(fault["loc"][0]) if fault["loc"] else ""
        part: Any = names.get(name)
        label = words(part.label) if part else name
        yield (name if part else ""), words("“{field}” cannot be read.", field=label)
