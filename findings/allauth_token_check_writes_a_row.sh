#!/usr/bin/env bash
# django-allauth 65.21.1 with Django 5.2.19: looking whether a password link is right writes to the database.
#
# Expected: `check_token` of a token generator only reads. Django's own says so by its name and does so; a page that
#   opens a link from a mail then answers on a read-only database, and nothing changes for a link that is wrong.
# Seen: the generator that allauth uses by default calls a function that makes rows of EmailAddress up to date. For a user
#   who has none, as after `createsuperuser` or an import, a wrong token is refused, and a row is left behind with
#   `verified` and `primary` off. Making a token does the same.
# Why it matters: who keeps addresses in the user alone, and no EmailAddress, gets such rows from any visitor of a link;
#   and allauth decides by these rows, for instance whether a sign-in by a provider may be joined to the account.
#
# It needs Python 3.11 and PyPI. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 django-allauth==65.21.1

cat > "$folder/look.py" <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="for this script alone",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "allauth",
        "allauth.account",
    ],
    MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
django.setup()

from allauth.account.forms import default_token_generator as of_allauth
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator as of_django
from django.core.management import call_command

call_command("migrate", verbosity=0)
user = User.objects.create_user("someone", "someone@example.org", "a password")
for name, generator in (("django", of_django), ("allauth", of_allauth)):
    accepted = generator.check_token(user, "abc123-wrong")
    print(name, "accepts a wrong token:", accepted, "- rows of EmailAddress:", EmailAddress.objects.count())
print(EmailAddress.objects.values("email", "verified", "primary").get())
PYTHON

seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "django accepts a wrong token: False - rows of EmailAddress: 0
allauth accepts a wrong token: False - rows of EmailAddress: 1
{'email': 'someone@example.org', 'verified': False, 'primary': False}" ]
