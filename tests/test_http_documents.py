"""Documents over HTTP: streamed in, kept once, named in the book, given back."""

from hashlib import sha256
from typing import Any

import pytest

from api.http.auth.keys import Role
from support.http_clients import INVOICE, HttpClients, refused

pytestmark = pytest.mark.no_worker


def test_documents(http: HttpClients) -> None:
    anna = http.collector()
    made = anna.record("/invoices", INVOICE | {"invoice": "2026/1"})
    path = f"/v1/invoices/{made['id']}/documents"
    content = b"%PDF " + bytes(range(256)) * 9000
    address = sha256(content).hexdigest()

    def upload(name: str = "letter ø.pdf", kind: str = "application/pdf", **headers: str) -> Any:
        files = {"file": (name, content, kind)}
        return anna.client.post(path, files=files, headers=anna.headers(headers))

    [entry] = upload(Idempotency_Key="k").json()["entries"]
    assert entry["data"]["sha256"] == address
    assert (entry["data"]["name"], entry["data"]["size"]) == ("letter ø.pdf", len(content))
    assert upload(Idempotency_Key="k").headers["idempotency-replayed"] == "true"
    refused(upload("other.pdf", Idempotency_Key="k"), 422, "key-reused")
    there = anna.client.get(f"{path}/{address}", headers=anna.headers({}))
    assert there.content == content
    assert there.headers["content-type"] == "application/pdf"
    assert there.headers["content-disposition"].startswith("attachment")
    refused(anna.client.get(f"{path}/{'0' * 64}", headers=anna.headers({})), 404, "unknown")
    refused(anna.client.get(f"{path}/zz", headers=anna.headers({})), 422, "invalid", "/sha256")


def test_documents_that_are_none(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    path = "/invoices/F-1/documents"
    refused(anna.post(path, {}), 422, "invalid", "/file")
    form = "multipart/form-data"
    refused(anna.send(path, b"x", Content_Type=form), 422, "invalid", "/file")
    refused(anna.send(path, b"x", Content_Type=f"{form}; boundary=b"), 422, "invalid", "/file")
    bare = b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n'
    refused(anna.send(path, bare, Content_Type=f"{form}; boundary=b"), 422, "invalid", "/file")
    big = {"file": ("big.bin", bytes(25_100_000), "application/octet-stream")}
    answer = anna.client.post(f"/v1{path}", files=big, headers=anna.headers({}))
    refused(answer, 413, "too-large")
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    pieces = (start if n == 0 else bytes(1_000_000) for n in range(27))
    answer = anna.client.post(f"/v1{path}", content=pieces, headers=anna.headers({}) | kind)
    refused(answer, 413, "too-large")
    small = {"file": ("a\0b", b"x", "application/octet-stream")}
    answer = anna.client.post("/v1/invoices/F-9/documents", files=small, headers=anna.headers({}))
    assert answer.status_code in (404, 422)
    assert http.topics() == ["invoice-registered.v1"]


def test_who_sees_a_document(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    path = "/v1/invoices/F-1/documents"
    file = {"file": ("a.txt", b"hello", "text/html")}
    assert anna.client.post(path, files=file, headers=anna.headers({})).status_code == 201
    address = sha256(b"hello").hexdigest()

    def reads(who: Any) -> int:
        answer = who.client.get(f"{path}/{address}", headers=who.headers({}))
        return int(answer.status_code)

    assert reads(http.person(Role.AUDITOR)) == 200
    assert reads(http.person(Role.AGENCY, agency="Acme")) == 404
    assert reads(http.person(Role.RESOLVER)) == 404
    assert reads(http.collector(business_units=["north"])) == 404
    assert reads(http.collector(tenant=http.tenant("other"))) == 404
    auditor = http.person(Role.AUDITOR)
    again = auditor.client.post(path, files=file, headers=auditor.headers({}))
    refused(again, 403, "not-allowed")
