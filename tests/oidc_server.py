"""A provider of OpenID Connect on this machine that signs for real, and that a test can let say or do anything."""

import json
import re
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from samenwerking.accounts.sso.configured import providers_from
from tests.html import elements

CLIENT, SECRET = "samenwerking", "een geheim: met +/% tekens"
NAME = "Gemeente Voorbeeld"


@cache
def key_named(kid):
    """Returns the key of this name; making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OidcServer:
    """Is a provider; `claims` go into the ID token, `userinfo` is what that answers, `answers` overrules an address.

    An override is a status and a body, or a function of the usual body that returns another.
    """

    def __init__(self):
        self.kid, self.algorithm, self.names_algorithm = "one", "RS256", True
        self.claims, self.userinfo, self.answers = {"sub": "1234"}, None, {}
        self.discovery, self.token, self.header, self.signs_with = {}, {}, {}, None
        self.codes, self.asked, self.sent = {}, [], []

    def start(self):
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                owner.answer(self, b"")

            def do_POST(self):
                owner.answer(self, self.rfile.read(int(self.headers["Content-Length"] or 0)))

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    def answer(self, handler, body):
        parts = urlsplit(handler.path)
        self.asked.append((parts.path, handler.headers, {k: v[0] for k, v in parse_qs(body.decode()).items()}))
        status, said = self.answer_at(parts, handler, body)
        override = self.answers.get(parts.path)
        if callable(override):
            said = override(said)
        elif override:
            status, said = override
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        handler.send_response(status)
        if isinstance(said, str):
            handler.send_header("Location", said)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def answer_at(self, parts, handler, body):
        if parts.path == "/.well-known/openid-configuration":
            return 200, self.usual_discovery() | self.discovery
        if parts.path == "/keys":
            return 200, {"keys": [self.public_key()]}
        if parts.path == "/authorize":
            return 302, self.authorize({name: value[0] for name, value in parse_qs(parts.query).items()})
        if parts.path == "/token":
            return self.tokens_for({name: value[0] for name, value in parse_qs(body.decode()).items()})
        if parts.path == "/userinfo" and handler.headers["Authorization"] == "Bearer toegang":
            return 200, self.userinfo
        return 404, {}

    def usual_discovery(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "end_session_endpoint": f"{self.url}/end",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "scopes_supported": ["openid", "profile", "email"],
            "claims_supported": ["sub", "name", "email"],
        }

    def public_key(self):
        named = {"kid": self.kid, "use": "sig"} | ({"alg": self.algorithm} if self.names_algorithm else {})
        return RSAAlgorithm.to_jwk(key_named(self.kid).public_key(), as_dict=True) | named

    def authorize(self, asked):
        self.sent.append(asked)
        code = token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.url})}"

    def tokens_for(self, sent):
        asked = self.codes.pop(sent.get("code"), None)
        digest = sha256(sent.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or proof != asked["code_challenge"] or sent["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        key, header = self.signs_with or key_named(self.kid), {"kid": self.kid} | self.header
        header = {name: value for name, value in header.items() if value is not None}
        id_token = jwt.encode(claims, key, algorithm=self.algorithm, headers=header)
        return 200, {"access_token": "toegang", "token_type": "Bearer", "id_token": id_token} | self.token


@contextmanager
def oidc_server():
    server = OidcServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def provider_at(url, key="gemeente", **more):
    """Returns the settings of one provider there."""
    begin = f"SSO_{key.upper()}_"
    usual = {"NAME": NAME, "ISSUER": url, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET}
    said = {f"{begin}{name}": value for name, value in (usual | more).items()}
    return providers_from(said | {"SSO_PROVIDERS": key})


def address_on(page):
    """Returns where the page that leads to a provider leads."""
    [refresh] = elements(page, "meta[http-equiv=refresh]")
    [link] = elements(page, "main a")
    assert refresh.get("content") == f"0; url={link.get('href')}"
    return link.get("href")


def way_back(page):
    """Follows a page to the provider, as a browser would, and returns where the provider sends it."""
    back = requests.get(address_on(page), allow_redirects=False, timeout=10).headers["Location"]
    return re.sub("^https?://[^/]+", "", back)


def there_and_back(client, page):
    """Follows a page to the provider and back, and returns where that ends."""
    return client.get(way_back(page), follow=True)
