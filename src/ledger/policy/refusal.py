"""What a rule answers when it says no: a code for programs, and a sentence for people."""

from ledger.policy.refusal_texts import TEXTS


class Refusal(Exception):
    """The ``code`` of the rule, which never changes, and the facts that its sentence names.

    A translation is found by ``code`` and filled in with the same ``facts``, so that nothing
    depends on the wording. ``field`` is what the person who asked may change, if it is one field.
    """

    def __init__(self, code: str, /, field: str | None = None, **facts: object) -> None:
        super().__init__(code)  # pickle makes it from this, then adds the rest
        self.code, self.field, self.facts = code, field, facts

    def __str__(self) -> str:
        return TEXTS[self.code].format(**self.facts)


class Refused(Refusal):
    """The rules do not allow it."""


class NotFound(Refusal):
    """There is no such invoice, debtor, case, hold or promise."""
