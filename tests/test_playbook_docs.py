"""docs/playbook.md tells every rule there is, with its default, in examples that may be applied."""

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from jsonschema_rs import validator_for
from msgspec import NODEFAULT, to_builtins
from msgspec.structs import FieldInfo, fields

from commands.playbook import ApplyPlaybook
from ledger.facts import playbook_rules
from ledger.facts.codes import Reason
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.yaml_file import parse, schema
from support.given import given

DOC = (Path(__file__).parents[1] / "docs" / "playbook.md").read_text()
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)
WHOLE = "".join(EXAMPLES)
STRUCTS = [
    one
    for one in vars(playbook_rules).values()
    if getattr(one, "__module__", "") == playbook_rules.__name__
]
NAMES = [(kind, one) for kind in STRUCTS for one in fields(kind)]


def test_the_examples_together_are_a_playbook() -> None:
    assert validator_for(schema()).is_valid(to_builtins(yaml.safe_load(WHOLE)))
    [applied] = given().when(ApplyPlaybook(rules=parse(WHOLE.encode(), "docs"))).decided()
    assert applied.version == 1


@pytest.mark.parametrize(("kind", "rule"), NAMES, ids=lambda one: getattr(one, "name", ""))
def test_every_rule_is_told(kind: type[Any], rule: FieldInfo) -> None:
    assert re.search(rf"\b{rule.name}:\s|`{rule.name}`", DOC), f"{kind.__name__}.{rule.name}"


def test_numbers_of_the_examples_are_the_defaults() -> None:
    told = parse(WHOLE.encode(), "docs")
    for given_, kind in ((told, Rules), (told.disputes, playbook_rules.DisputePolicy)):
        for one in fields(kind):
            if get_type_hints(kind)[one.name] in (int, bool) and one.default is not NODEFAULT:
                assert getattr(given_, one.name) == one.default, one.name


def test_every_word_a_rule_may_take_is_told() -> None:
    for word in get_args(get_type_hints(playbook_rules.DisputePolicy)["rests"]):
        assert word in DOC
    assert set(parse(WHOLE.encode(), "docs").reasons) <= set(Reason)
