"""People at the desk: browsers without script, who sign in and send the forms of pages."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from httpx2 import Client, Response

from api.http.auth import people, sign_in
from api.http.auth.keys import Role
from api.http.auth.people import Person
from api.session import now
from ledger.database.pool import open_pool
from support.http_clients import HttpClients

LOCAL = "http://testserver"


@dataclass
class DeskUser:
    """A person in a browser of their own: the client is shared, the cookies are not."""

    client: Client
    person: Person | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    base: str = LOCAL

    def request(self, method: str, path: str, **more: Any) -> Response:
        headers = dict(more.pop("headers", {}))
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        url = self.base + path
        answer = self.client.request(method, url, headers=headers, follow_redirects=False, **more)
        self.client.cookies.clear()
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return answer

    def get(self, path: str, **more: Any) -> Response:
        return self.request("GET", path, **more)

    def page(self, path: str) -> str:
        """Return the page, which must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer.text

    def send(self, path: str, form: dict[str, Any] | None = None, **headers: str) -> Response:
        return self.request("POST", path, data=form or {"nothing": ""}, headers=headers)

    def fill(self, path: str, to: str = "", **fields: Any) -> Response:
        """Fill in the form of a page, with all that it has hidden, and send it."""
        page = self.page(path)
        return self.send(to or path.partition("?")[0], hidden(page) | fields)

    def does(self, path: str, to: str = "", **fields: Any) -> str:
        """Fill in and send a form that must be recorded; return the page that it leads to."""
        answer = self.fill(path, to, **fields)
        assert answer.status_code == 303, f"{answer.status_code}: {faults(answer.text)}"
        return self.page(answer.headers["location"])


def browser(http: HttpClients) -> DeskUser:
    """Return a browser in which nobody is signed in."""
    return DeskUser(http.client)


def desk_user(
    http: HttpClients, role: Role, name: str = "", tenant: str = "default", **more: Any
) -> DeskUser:
    """Add a person and sign them in by a link."""
    user = browser(http)
    with http.pool.connection() as conn:
        name = name or f"{role}-{len(conn.execute('select 1 from person').fetchall())}"
        email = more.pop("email", f"{name}@seller.example")
        user.person = people.add(conn, tenant, name, role, http.clock(), email=email, **more)
        token = sign_in.link_token(conn, user.person, http.clock())
    answer = user.send(f"/sign-in/link/{token}")
    assert answer.status_code == 303, answer.text
    return user


def sign_in_link(url: str, name: str, role: Role) -> str:
    """Return the path of a link that signs a person in, who is added if they are not there."""
    with open_pool(url, size=1) as pool, pool.connection() as conn:
        found = people.named("default", name).fetch(conn)
        person = found[0] if found else people.add(conn, "default", name, role, now())
        return f"/sign-in/link/{sign_in.link_token(conn, person, now())}"


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form to act; of several forms the last counts."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>', page)
    return {name: unescape(value) for name, value in found}


def faults(page: str) -> list[str]:
    """Return the texts of the summary of errors."""
    summary = re.search(r'<div class="errors".*?</div>', page, re.DOTALL)
    return [unescape(text) for text in re.findall(r">([^<>]+)<", summary[0])] if summary else []


def plain(page: str) -> str:
    """Return the words of a page."""
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.replace("<wbr>", ""))).split())
    return words.replace(" ,", ",").replace(" :", ":")


def notice(page: str) -> str:
    """Return what the page says was just done; empty if it says nothing."""
    found = re.search(r'<div class="toast[^>]*role="status"><span>(.*?)</span>', page)
    return plain(found[1]) if found else ""
