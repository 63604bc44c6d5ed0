"""Asks an advisory service (OSV) for known holes in the pinned dependencies.

It fails on each that ``scripts/audit.toml`` does not name with a reason, and on each reason that is
no longer needed. When the service cannot be reached it says so loudly, and fails with ``--strict``.
"""

import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from pins import Pin, pins

SERVICE = os.environ.get("AUDIT_SERVICE", "https://api.osv.dev")
REASONS = Path(__file__).with_name("audit.toml")
TIMEOUT = 20  # seconds


def known_holes(found: list[Pin]) -> dict[str, str]:
    """Return the package and version of each hole by its id. Raises ``OSError``."""
    queries = [
        {"package": {"name": pin.name, "ecosystem": "PyPI"}, "version": pin.version}
        for pin in found
    ]
    body = json.dumps({"queries": queries}).encode()
    request = Request(f"{SERVICE}/v1/querybatch", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=TIMEOUT) as answer:
        results: list[dict[str, Any]] = json.load(answer)["results"]
    return {
        hole["id"]: f"{pin.name} {pin.version}"
        for pin, result in zip(found, results, strict=True)
        for hole in result.get("vulns", [])
    }


def main(strict: bool, reasons: dict[str, str]) -> int:
    found = list(pins())
    try:
        holes = known_holes(found)
    except (URLError, OSError, ValueError, KeyError) as error:
        print(f"AUDIT SKIPPED: {SERVICE} does not answer ({error}).", file=sys.stderr)
        print("AUDIT SKIPPED: NOBODY LOOKED FOR KNOWN HOLES.", file=sys.stderr)
        return int(strict)
    bad = [f"{where}: {id_} is known" for id_, where in holes.items() if not reasons.get(id_)]
    bad += [f"audit.toml: {id_} is not found any more" for id_ in reasons if id_ not in holes]
    for line in bad:
        print(line, file=sys.stderr)
    print(f"audit: {len(found)} packages, {len(holes)} known holes, {len(bad)} to mend")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main("--strict" in sys.argv, tomllib.loads(REASONS.read_text())))
