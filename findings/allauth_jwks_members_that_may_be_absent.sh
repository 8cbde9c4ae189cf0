#!/usr/bin/env bash
# django-allauth 65.21.1 with PyJWT 2.10.1: of a provider's keys it needs members that a key set may leave out.
#
# Expected: RFC 7517 calls `kid` (4.5) and `alg` (4.4) optional. A set may have a key for another use without a `kid`
#   beside the one that signs; and a key of type EC tells by `kty` and `crv` for which algorithm it is.
# Seen: a key without `kid` anywhere before the one that is looked for raises KeyError, which the sign-in does not turn
#   into its own error, so the visitor gets a 500. A key of type EC without `alg` is read as one for RS256, and
#   refused: "Not an RSA key".
# Why it matters: both sets are valid, and providers publish such sets; OpenID Connect asks for `kid` only where there are
#   several keys to choose from. Whoever sets the sign-in up sees a fault of the site and not what is missing.
#
# It needs Python 3.11 and PyPI. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 "django-allauth[socialaccount]==65.21.1" \
  pyjwt==2.10.1 2>/dev/null

cat > "$folder/look.py" <<'PYTHON'
import json

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="for this script alone",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
    ],
    MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
)
django.setup()

import jwt
from allauth.socialaccount.internal.jwtkit import lookup_kid_jwk
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

signs = json.loads(RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048).public_key())) | {"kid": "signs"}
other = {"kty": "oct", "k": "AAAA", "use": "enc"}
try:
    print("a set with a key for another use:", lookup_kid_jwk({"keys": [other, signs]}, "signs"))
except KeyError as fault:
    print("a set with a key for another use:", type(fault).__name__, fault)

private = ec.generate_private_key(ec.SECP256R1())
curve = json.loads(ECAlgorithm.to_jwk(private.public_key())) | {"kid": "curve"}
token = jwt.encode({"sub": "someone"}, private, algorithm="ES256", headers={"kid": "curve"})
print("PyJWT itself:", jwt.decode(token, jwt.PyJWK(curve).key, algorithms=["ES256"]))
try:
    print("an EC key without alg:", lookup_kid_jwk({"keys": [curve]}, "curve"))
except jwt.PyJWTError as fault:
    print("an EC key without alg:", type(fault).__name__, fault)
PYTHON

seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "a set with a key for another use: KeyError 'kid'
PyJWT itself: {'sub': 'someone'}
an EC key without alg: InvalidKeyError Not an RSA key" ]
