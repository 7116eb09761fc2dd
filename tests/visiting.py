"""A server started as anybody starts it, and visitors who come to it through a proxy that encrypts."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from html import unescape
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from urllib.parse import urlencode, urlsplit

STANDING_STILL = Path(__file__).with_name("standing_still.py")
HOST = "coach.example"
PASSWORD = "a long walk by the sea"
SECRET = "a secret of fifty signs, or some more: 0123456789 0123456789"
METRICS = "a token of the one who counts: 0123456789 0123456789"
PUSH_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
"""One that everybody knows: it stands in RFC 8291."""
NOW = "2026-11-25T05:30:00+00:00"
STARTS_WITHIN_S = 60

_addresses = count(1)


def environment(database: str, mails: Path, **more: str) -> dict[str, str]:
    """Return all that a server is told, beside what the machine is like."""
    return {
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database,
        "TRIPLANE_HOSTS": HOST,
        "EMAIL_URL": f"file://{mails}",
        "TRIPLANE_SENDER": f"coach@{HOST}",
        "TRIPLANE_METRICS_TOKEN": METRICS,
        "TRIPLANE_PUSH_KEY": PUSH_KEY,
        "TRIPLANE_ZONE": "Europe/Berlin",
        **more,
    }


@dataclass
class Running:
    """A server that runs: its port, what it wrote, where its e-mail lies, and its database."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    mails: Path
    database: str
    host: str = HOST

    def visitor(self) -> "Visitor":
        """Somebody who was never here, from an address of their own."""
        return Visitor(self.port, f"203.0.113.{next(_addresses) % 250 + 1}", self.host)

    def mail_to(self, email: str) -> str:
        """Return the newest e-mail to somebody."""
        found = []
        for file in self.mails.glob("*"):
            for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                mail = message_from_bytes(part.strip(), policy=policy.default)
                if mail["To"] == email:
                    found.append((file.stat().st_mtime_ns, mail.get_content()))
        assert found, f"nothing was sent to {email}"
        return str(max(found)[1])

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database itself."""
        import psycopg

        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def tell(self, command: str, *values: object) -> None:
        """Change the database itself."""
        import psycopg

        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(command, values)  # type: ignore[arg-type]


@contextmanager
def running(database: str, folder: Path, **more: str) -> Iterator[Running]:
    """Run a server until the block ends."""
    mails = folder / "mail"
    mails.mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    told = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    told["STANDS_AT"] = NOW
    words = [sys.executable, str(STANDING_STILL), "serve", "--settings", "server", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            words, env={**told, **environment(database, mails, **more)}, stdout=out, stderr=out
        )
    server = Running(port, process, log, mails, database, more.get("TRIPLANE_HOSTS", HOST))
    try:
        ends = time.monotonic() + STARTS_WITHIN_S
        while process.poll() is None and not _is_ready(server) and time.monotonic() < ends:
            time.sleep(0.1)
        assert _is_ready(server), log.read_text()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _is_ready(server: Running) -> bool:
    try:
        return server.visitor().get("/ready/").status == 200
    except OSError:
        return False


@dataclass
class Page:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    path: str

    @property
    def html(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def text(self) -> str:
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.html)))

    @property
    def token(self) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.html)
        return found[1] if found else ""


@dataclass
class Visitor:
    """A browser without scripts: keeps cookies, follows redirects, and sends forms with their token."""

    port: int
    address: str
    host: str = HOST
    cookies: dict[str, str] = field(default_factory=dict)
    seen: Page | None = None

    def get(self, path: str, **headers: str) -> Page:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, told: Mapping[str, object], **headers: str) -> Page:
        """Send a form; the token is that of the page that was seen last, or of the form's own."""
        token = self.seen.token if self.seen else ""
        if not token:
            token = self.get(path).token
        return self.ask("POST", path, {"csrfmiddlewaretoken": token, **told}, headers)

    def ask(
        self, method: str, path: str, told: Mapping[str, object] | None, headers: Mapping[str, str]
    ) -> Page:
        answer = self.once(method, path, told, headers)
        there = urlsplit(answer.headers["Location"] or "")
        if answer.status in (301, 302, 303) and there.netloc in ("", self.host):
            return self.ask("GET", f"{there.path}?{there.query}".rstrip("?"), None, {})
        self.seen = answer
        return answer

    def send_file(
        self, path: str, name: str, content: bytes, *, page: str, field: str = "files", do: str = ""
    ) -> Page:
        """Choose a file on a page and send it by the button that says what to ``do``."""
        told = {"csrfmiddlewaretoken": self.get(page).token, **({"do": do} if do else {})}
        begins = "--cut\r\nContent-Disposition: form-data; name="
        form = "".join(f'{begins}"{one}"\r\n\r\n{value}\r\n' for one, value in told.items())
        file = f'{begins}"{field}"; filename="{name}"\r\n\r\n'
        where = f"https://{self.host}"
        sent = {"Content-Type": "multipart/form-data; boundary=cut", "Origin": where, "Referer": where + page}
        body = (form + file).encode() + content + b"\r\n--cut--\r\n"
        return self.once("POST", path, body, sent)

    @property
    def heads(self) -> dict[str, str]:
        """What a browser behind the proxy sends with whatever it asks."""
        return {
            "Host": self.host,
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }

    @property
    def heads_of_a_form(self) -> dict[str, str]:
        """What it sends with a form besides."""
        return {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{self.host}"}

    def once(
        self,
        method: str,
        path: str,
        told: Mapping[str, object] | bytes | None = None,
        headers: Mapping[str, str] = {},
    ) -> Page:
        """Ask without following where the answer leads; bytes are sent as the headers say."""
        sent = {**self.heads, **headers}
        body = None
        if isinstance(told, bytes):
            body = told
        elif told is not None:
            body = urlencode(told, doseq=True).encode()
            sent |= self.heads_of_a_form
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            page = Page(answer.status, answer.headers, answer.read(), path)
        finally:
            connection.close()
        for line in page.headers.get_all("Set-Cookie") or ():
            for name, cookie in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if cookie.value and cookie["max-age"] != 0 and cookie["max-age"] != "0":
                    self.cookies[name] = cookie.value
        return page


def signed_up(server: Running, email: str) -> Visitor:
    """Make an account as anybody does, by form and e-mail, and return who is logged in to it."""
    visitor = server.visitor()
    visitor.get("/accounts/signup/")
    told = {"email": email, "password1": PASSWORD, "zone": "Europe/Berlin"}
    shown = visitor.post("/accounts/signup/", told)
    assert "e-mail" in shown.text.lower() or "email" in shown.text.lower(), shown.text
    link = re.search(r"https?://[\w.]+(/accounts/confirm-email/\S+)", server.mail_to(email))
    assert link, server.mail_to(email)
    visitor.get(link[1])
    visitor.post(link[1], {})
    log_in(visitor, email)
    return visitor


def log_in(visitor: Visitor, email: str, password: str = PASSWORD) -> None:
    visitor.get("/accounts/login/")
    visitor.post("/accounts/login/", {"login": email, "password": password})
