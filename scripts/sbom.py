"""Writes the bill of materials of the product as CycloneDX 1.6: what it is made of, by hash."""

import json
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from pins import Pin, pins

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def component(pin: Pin) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{pin.name}@{pin.version}",
        "name": pin.name,
        "version": pin.version,
        "purl": f"pkg:pypi/{pin.name}@{pin.version}",
        "properties": [{"name": "dossier:sha256", "value": value} for value in pin.hashes],
    }
    if license_ := _license(pin.name):
        found["licenses"] = [{"license": {"name": license_}}]
    return found


def bill() -> dict[str, Any]:
    project = tomllib.loads(PROJECT.read_text())["project"]
    ref = f"pkg:pypi/{project['name']}@{project['version']}"
    product = {"type": "application", "name": project["name"], "version": project["version"]}
    components = [component(pin) for pin in pins()]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product | {"bom-ref": ref, "purl": ref}},
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": [part["bom-ref"] for part in components]}],
    }


def _license(name: str) -> str:
    """Return what the installed package says of itself; empty if it is not installed here."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    words = [about[field] for field in ("License-Expression", "License") if field in about]
    return str((words or [""])[0]).partition("\n")[0][:200]


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=2)
    print()
