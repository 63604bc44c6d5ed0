"""The line of a playbook's text on which a rule stands."""

import re

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

AT = re.compile(r"\bline (\d+)")  # in the faults of the YAML reader


def line_of(text: str, pointer: str) -> int:
    """Return the line, from 1, of the rule that a JSON pointer names; that of the last known part.

    Return 0 when the text has no such place.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return 0
    line = 0
    for part in pointer.split("/")[1:]:
        found = _part(node, part.replace("~1", "/").replace("~0", "~"))
        if found is None:
            break
        node, line = found
    return line


def line_in(fault: str) -> int:
    """Return the last line that a fault of the YAML reader names; 0 if it names none."""
    named = AT.findall(fault)
    return int(named[-1]) if named else 0


def _part(node: Node | None, name: str) -> tuple[Node, int] | None:
    """Return a part of a table or list, and the line on which it begins."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == name:
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and name.isdigit() and int(name) < len(node.value):
        item = node.value[int(name)]
        return item, item.start_mark.line + 1
    return None
