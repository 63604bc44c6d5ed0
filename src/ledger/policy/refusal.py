"""Refusals by the rules: a code for programs, and a sentence for people."""

from ledger.policy.refusal_texts import TEXTS


class Refusal(Exception):
    """A refusal: the permanent ``code`` of the rule, and the facts that its sentence names.

    Translations are found by ``code``, so nothing depends on the English wording. ``field`` is the
    field of the command that caused the refusal, if there is only one. A fact that is a tuple is
    several sentences.
    """

    def __init__(self, code: str, /, field: str | None = None, **facts: object) -> None:
        super().__init__(code)  # pickle restores it from this, then adds the rest
        self.code, self.field, self.facts = code, field, facts

    def __str__(self) -> str:
        facts = {
            name: " ".join(fact) if isinstance(fact, tuple) else fact
            for name, fact in self.facts.items()
        }
        return TEXTS[self.code].format(**facts)


class Refused(Refusal):
    """A command that the rules do not allow."""


class NotFound(Refusal):
    """An invoice, debtor, case, hold or promise that does not exist, or is not visible."""
