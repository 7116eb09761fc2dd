"""A small identity provider (OpenID Connect, code with PKCE) that runs inside the tests, behind TLS."""

import base64
import json
import secrets
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from triplane.bootstrap import runners_clock
from triplane.web.phone.authority import certificates

CLIENT, SECRET = "triplane-at-the-club", "a secret between two services"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Who may log in there, what was handed out, and what it would say of somebody."""

    port: int
    trusts: Path
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, dict[str, object]] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a server is told of it; the last two let it trust the certificate."""
        told = {"OIDC_NAME": "Club", "OIDC_URL": self.address, "OIDC_CLIENT": CLIENT, "OIDC_SECRET": SECRET}
        return {**told, "REQUESTS_CA_BUNDLE": str(self.trusts)}

    def consent(self, asked: str, **who: object) -> str:
        """Let somebody in who was led here; return the query they are led back with."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        assert query["client_id"] == CLIENT and query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = {"challenge": query["code_challenge"], "who": json.dumps(who)}
        return f"code={code}&state={query['state']}"

    def answer(self, path: str, told: dict[str, str], shown: str) -> tuple[int, Any]:
        """Answer a service that asks."""
        self.met.append(path)
        at = self.address
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            found = {name: f"{at}/{end}" for name, end in ends.items()}
            return 200, {"issuer": at, "userinfo_endpoint": f"{at}/who", **found}
        if path == "/token":
            return self._exchange(told)
        if path == "/who":
            who = self.tokens.get(shown.removeprefix("Bearer "))
            return (200, who) if who else (401, {})
        return 404, {}

    def _exchange(self, told: dict[str, str]) -> tuple[int, Any]:
        code = self.codes.pop(told.get("code", ""), None)
        verifier = sha256(told.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if code is None or challenge != code["challenge"] or told.get("client_secret") != SECRET:
            return 400, {"error": "invalid_grant"}
        who: dict[str, object] = json.loads(code["who"])
        token = secrets.token_urlsafe(16)
        self.tokens[token] = who
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, **who}
        return 200, {
            "access_token": token,
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, KEY, "RS256", headers={"kid": "one"}),
        }


@contextmanager
def provider(folder: Path) -> Iterator[Provider]:
    """Run one until the block ends."""

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say({name: values[0] for name, values in parse_qs(body).items()})

        def _say(self, told: dict[str, str]) -> None:
            shown = self.headers.get("Authorization", "")
            status, said = running.answer(urlsplit(self.path).path, told, shown)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *told: object) -> None:
            pass

    made = certificates(folder, ["127.0.0.1"], ["localhost"], runners_clock("UTC", None)())
    trusts = folder / "trusts.pem"
    trusts.write_text(ssl.DER_cert_to_PEM_cert(made.der))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.chain, made.key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    running = Provider(server.server_port, trusts)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
