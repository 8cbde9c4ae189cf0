#!/usr/bin/env bash
# django-allauth 65.21.1 with Django 5.2.19: an authorization endpoint that has a query of its own gets a second '?'.
#
# Expected: RFC 6749, 3.1, lets the authorization endpoint have a query, "which MUST be retained when adding additional
#   query parameters". Providers that choose a flow by it publish such endpoints in their discovery document.
# Seen: the redirect of the openid_connect provider is `…/authorize?flow=staff?client_id=…`: the provider reads one
#   parameter, `flow`, with the value `staff?client_id=this-site`, and no client.
# Why it matters: sign-in fails at the provider, with an error of the provider's about something that the site did send.
#   Whoever sets it up looks for the fault in the client id.
#
# It needs Python 3.11 and PyPI. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 "django-allauth[socialaccount]==65.21.1"

cat > "$folder/look.py" <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings


class Provider(BaseHTTPRequestHandler):
    """Answers with a discovery document alone."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        found = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize?flow=staff",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
issuer = f"http://127.0.0.1:{server.server_port}"
settings.configure(
    SECRET_KEY="for this script alone",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF="allauth.urls",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    SOCIALACCOUNT_PROVIDERS={
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "staff",
                    "name": "Staff",
                    "client_id": "this-site",
                    "secret": "no secret",
                    "settings": {"server_url": issuer},
                }
            ]
        }
    },
)
django.setup()

from django.core.management import call_command
from django.test import Client

call_command("migrate", verbosity=0)
answer = Client().post("/oidc/staff/login/")
query = urlsplit(answer["Location"]).query
print(answer.status_code, "question marks:", answer["Location"].count("?"))
print("flow:", parse_qs(query).get("flow"), "- client_id:", parse_qs(query).get("client_id"))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "302 question marks: 2
flow: ['staff?client_id=this-site'] - client_id: None" ]
