"""What the product is made of, and whether it has holes that are known."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import audit
from pins import pins
from sbom import bill

KNOWN: dict[str, str] = {}  # a package, and the id of its hole


class Advisories(BaseHTTPRequestHandler):
    """A service as OSV documents it."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        names = [query["package"]["name"] for query in asked]
        results = [{"vulns": [{"id": KNOWN[name]}]} if name in KNOWN else {} for name in names]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": results}).encode())

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with HTTPServer(("127.0.0.1", 0), Advisories) as server:
        monkeypatch.setattr(audit, "SERVICE", f"http://127.0.0.1:{server.server_port}")
        runs = threading.Thread(target=server.serve_forever)
        runs.start()
        try:
            yield
        finally:
            server.shutdown()
            runs.join()
            KNOWN.clear()


def test_every_pin_is_in_the_bill_with_its_hashes() -> None:
    made = bill()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert {one["name"] for one in made["components"]} >= {"fastapi", "psycopg", "uvicorn"}
    assert len(made["components"]) == len({one["purl"] for one in made["components"]})
    assert all(one["properties"] for one in made["components"])
    assert made["dependencies"][0]["dependsOn"] == [one["bom-ref"] for one in made["components"]]


def test_a_known_hole_without_a_reason_fails(
    service: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(strict=True, reasons={}) == 0
    KNOWN["uvicorn"] = "PYSEC-1"
    assert audit.main(strict=False, reasons={}) == 1
    version = next(pin.version for pin in pins() if pin.name == "uvicorn")
    assert f"uvicorn {version}: PYSEC-1 is known" in capsys.readouterr().err
    assert audit.main(strict=True, reasons={"PYSEC-1": ""}) == 1
    assert audit.main(strict=True, reasons={"PYSEC-1": "we do not call it"}) == 0
    assert audit.main(strict=True, reasons={"PYSEC-1": "so", "PYSEC-2": "mended"}) == 1


def test_a_service_that_does_not_answer_is_told_loudly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "SERVICE", "http://127.0.0.1:1")
    assert audit.main(strict=False, reasons={}) == 0
    assert "AUDIT SKIPPED" in capsys.readouterr().err
    assert audit.main(strict=True, reasons={}) == 1
