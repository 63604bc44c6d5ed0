"""What our mail server found out about the sender: ``Authentication-Results`` (RFC 8601).

The reader is strict: a field that is not well formed proves nothing. Only the topmost field of a
server counts, as the sender may have written the ones below.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

MAX_FIELD = 10_000  # characters; a longer field proves nothing
TOKEN = re.compile(
    r'(?P<blank>\s+)|(?P<word>[^\s;()"\\]+)|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<end>;)|(?P<open>\()'
)
IN_COMMENT = re.compile(r"\\.|[^()\\]+|[()]", re.S)
METHOD = re.compile(r"([a-z0-9-]+)(?:/\d+)?=([a-z0-9_-]+)", re.I)
SERVER = re.compile(r'[\s"]*([^\s;("]*)')
PROPERTY = re.compile(r"([a-z0-9.-]+)=(.+)", re.I | re.S)


class Finding(NamedTuple):
    """The result of a method such as dmarc, and what it is about: ``header.from`` and the like."""

    method: str
    result: str
    properties: Mapping[str, str]


def findings(fields: Sequence[str], servers: Container[str]) -> tuple[Finding, ...]:
    """Return what the topmost field of these servers states; empty if it is malformed."""
    for field in fields:
        segments = _segments(field)
        server = segments[0][0].lower() if segments and segments[0] else _server(field)
        if server in servers:
            found = [_finding(segment) for segment in segments[1:] if segment]
            return tuple(finding for finding in found if finding) if all(found) else ()
    return ()


def is_authentic(found: Sequence[Finding], domain: str) -> bool:
    """Return whether DMARC passed for the domain of From, or a signature of it holds."""
    dmarc = [finding for finding in found if finding.method == "dmarc"]
    if any(finding.result in ("fail", "permerror") for finding in dmarc):
        return False
    passed = any(
        finding.result == "pass" and finding.properties.get("header.from", "").lower() == domain
        for finding in dmarc
    )
    return bool(domain) and (passed or is_signed(found, domain))


def is_signed(found: Sequence[Finding], domain: str) -> bool:
    """Return whether a DKIM signature holds that is of the domain, or of one that it is within."""
    return any(
        finding.method == "dkim" and finding.result == "pass" and _aligned(domain, _signer(finding))
        for finding in found
    )


def _signer(finding: Finding) -> str:
    named = finding.properties
    return (named.get("header.d") or named.get("header.i", "").rpartition("@")[2]).lower()


def _aligned(domain: str, signer: str) -> bool:
    return bool(signer) and (domain == signer or ("." in signer and domain.endswith(f".{signer}")))


def _server(field: str) -> str:
    """Return the name of the server as far as a malformed field lets it be seen."""
    found = SERVER.match(field)
    return found[1].lower() if found else ""


def _segments(field: str) -> list[list[str]]:
    """Return the words between the semicolons, without comments; empty if it is malformed."""
    if len(field) > MAX_FIELD:
        return []
    segments, glued, at = [list[str]()], False, 0
    while at < len(field):
        token = TOKEN.match(field, at)
        if token is None:
            return []
        at = token.end()
        if token["end"]:
            segments.append([])
        elif token["open"]:
            at = _after_comment(field, at)
            if not at:
                return []
        elif not token["blank"]:
            words = segments[-1]
            text = token["word"] or re.sub(r"\\(.)", r"\1", token["quoted"][1:-1])
            if words and (glued or _continues(words[-1], text)):
                words[-1] += text
            elif token["word"] or words == segments[0] == []:
                words.append(text)
            else:
                return []
        glued = bool(token["word"] or token["quoted"])
    return segments


def _continues(word: str, text: str) -> bool:
    """Return whether the text belongs to the word, apart by blanks beside the first ``=``."""
    return word.find("=") == len(word) - 1 or ("=" not in word and text.startswith("="))


def _after_comment(field: str, at: int) -> int:
    """Return where a comment ends, which may hold others; 0 if it does not end."""
    depth = 1
    while depth and (piece := IN_COMMENT.match(field, at)):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        at = piece.end()
    return 0 if depth else at


def _finding(words: Sequence[str]) -> Finding | None:
    """Return the finding; None if it is malformed. ``none`` states that nothing was examined."""
    if [word.lower() for word in words] == ["none"]:
        return Finding("none", "none", {})
    method, properties = METHOD.fullmatch(words[0]), dict(_properties(words[1:]))
    if method is None or len(properties) != len(words) - 1:
        return None
    return Finding(method[1].lower(), method[2].lower(), properties)


def _properties(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        if found := PROPERTY.fullmatch(word):
            yield found[1].lower(), found[2]
