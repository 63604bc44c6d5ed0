"""The commands that replace the shipped texts of messages by the creditor's own."""

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field

from commands.command import Command, DecisionContext
from commands.fields import RequiredText, Text
from ledger.facts.books import CREDITOR, BookKind
from ledger.facts.creditor import NUMBER, Creditor, OwnTemplate, TemplateReplaced, TemplateReset
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.messages.template_text import TEMPLATES, check_own_text
from ledger.policy.refusal import Refused


class TemplateCommand(Command, frozen=True):
    """A command about a template in a language."""

    kind: ClassVar[BookKind[Any]] = CREDITOR
    template: RequiredText = Field(description="such as reminder")
    language: RequiredText = Field(description="nl, de, fr or en")
    why: Text = ""

    @property
    def number(self) -> str:
        return NUMBER

    @property
    def key(self) -> tuple[str, str]:
        """Return template and language. Raise ``Refused`` when there is no such template."""
        if self.template not in TEMPLATES:
            raise Refused("no-template", "template", known=", ".join(TEMPLATES))
        if self.language not in LANGUAGES:
            raise Refused("no-template-language", "language", known=", ".join(LANGUAGES))
        return self.template, self.language


class ReplaceTemplate(TemplateCommand, frozen=True):
    """Replace subject and text of a kind of message in a language by your own."""

    subject: RequiredText = Field(description="a line; placeholders such as #invoices")
    text: RequiredText = Field(description="with placeholders such as #items_list_selected")

    def decide(self, state: Creditor, now: DecisionContext) -> Iterator[TemplateReplaced]:
        own = OwnTemplate(self.subject, self.text)
        check_own_text(own.subject, own.text)
        if state.templates.get(self.key) != own:
            yield self.event(TemplateReplaced, self.on or now.today)


class ResetTemplate(TemplateCommand, frozen=True):
    """Use the shipped subject and text of a kind of message again."""

    def decide(self, state: Creditor, now: DecisionContext) -> Iterator[TemplateReset]:
        if self.key in state.templates:
            yield self.event(TemplateReset, self.on or now.today)
