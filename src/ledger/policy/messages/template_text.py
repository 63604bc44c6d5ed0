"""The language of templates, and what a creditor's own text may use of it.

A creditor's admin writes it, and the worker of all tenants renders it: so names, filters and loops
are few, and a text that fails with a sample is refused before it is recorded.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ledger.policy.refusal import Refused

HASHTAG = re.compile(r"(?<![\w{&/])#([a-z][a-z_]*)\b")
TEMPLATES = (
    "approval-request",
    "copy",
    "credit-refusal",
    "escalation",
    "final-notice",
    "fourteen-days",
    "invoice-copy",
    "outcome",
    "receipt",
    "reminder",
    "request",
    "resolver-reminder",
)
FACTS = (  # that not every message has; empty in a template without them
    "again",
    "answer_by",
    "account_changed",
    "account_holder",
    "approved_by",
    "asks",
    "attached",
    "bic",
    "case",
    "collector",
    "comment",
    "contact",
    "credit",
    "credited",
    "department",
    "disputed",
    "documents",
    "undisputed",
    "explanation",
    "iban",
    "link",
    "outcome",
    "pages",
    "pay_by",
    "payment",
    "phone",
    "reason",
    "reason_name",
    "reference",
    "reminded_on",
    "resolver",
    "rests",
    "resumes_on",
    "times",
    "why",
)
TEXTS = (  # that every message has, some of them empty
    "collection_costs",
    "company_name",
    "customer_name",
    "disputed_list",
    "how_to_pay",
    "invoices",
    "items_list_selected",
    "total",
    "whom_to_call",
    "your_account",
)
WITH_VAT = "collection_costs_with_vat"
NAMES = frozenset((*FACTS, *TEXTS, WITH_VAT, "items"))
OF_ITEM = ("invoice", "amount", "open_amount", "issued_on", "due_on", "disputed", "charges")
FILTERS = ("quoted", "upper", "lower", "length", "default")
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr),
    *(nodes.If, nodes.CondExpr, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand),
    *(nodes.Add, nodes.Concat),
    *(nodes.For, nodes.Filter, nodes.Call),
)
SAMPLE = (
    dict.fromkeys((*FACTS, *TEXTS), "…")
    | {"items": [dict.fromkeys(OF_ITEM, "…")]}
    | {WITH_VAT: lambda _percent: "…"}
)
EMPTY = SAMPLE | dict.fromkeys(FACTS, "")
MAX_SUBJECT, MAX_TEXT = 300, 20_000


def check_own_text(subject: str, text: str) -> None:
    """Raise ``Refused`` for a text that cannot be used, with the name or the line at fault."""
    if "\n" in subject or not subject.strip():
        raise Refused("template-subject", "subject")
    for field, source, most in (("subject", subject, MAX_SUBJECT), ("text", text, MAX_TEXT)):
        if len(source) > most:
            raise Refused("template-too-long", field, most=most)
        try:
            for unknown in _unknown(source):
                raise Refused("template-placeholder", field, name=unknown)
            for line, what in _not_allowed(source):
                raise Refused("template-not-allowed", field, line=line, what=what)
            for sample in (SAMPLE, EMPTY):
                compiled(source).render(sample)
        except (TemplateError, TypeError, ValueError, LookupError) as error:
            raise Refused("template-not-readable", field, fault=error) from None


def _unknown(source: str) -> list[str]:
    tree = environment().parse(translated(source))
    return sorted(meta.find_undeclared_variables(tree) - NAMES)


def _not_allowed(source: str) -> Iterator[tuple[int, str]]:
    """Yield what could run long, or read what is not the message's: line and kind."""
    tree = environment().parse(translated(source))
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, ALLOWED):
            yield node.lineno, type(node).__name__.lower()
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield node.lineno, node.name
        elif isinstance(node, nodes.Call) and not _is_with_vat(node):
            yield node.lineno, "call"
        elif isinstance(node, nodes.Getattr) and node.attr not in (*OF_ITEM, "first", "last"):
            yield node.lineno, node.attr
        elif isinstance(node, nodes.For) and node.find(nodes.For):
            yield node.lineno, "for"


def _is_with_vat(call: nodes.Call) -> bool:
    """Return whether it is the costs with a percentage, the only function."""
    name, given = getattr(call.node, "name", ""), [getattr(arg, "value", "") for arg in call.args]
    plain = not (call.kwargs or call.dyn_args or call.dyn_kwargs)
    return name == WITH_VAT and plain and len(given) == 1 and isinstance(given[0], int | float)


def translated(source: str) -> str:
    """Return the source with its hashtags as Jinja writes them."""
    return HASHTAG.sub(r"{{ \1 }}", source)


@lru_cache(maxsize=256)
def compiled(source: str) -> Template:
    return environment().from_string(translated(source))


@cache
def environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    made.filters["quoted"] = quoted
    return made


def quoted(text: str) -> str:
    """Return the text with each line marked as a quotation."""
    return "\n".join(f"> {line}" for line in str(text).splitlines())
