"""Reads an ID token, after its signature was checked, and signs what we say of ourselves. Heavy: it imports PyJWT."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from samenwerking.accounts.sso.configured import Provider
from samenwerking.accounts.sso.discovery import Trouble

# No HS256, where our own secret would be the key, and no 'none'.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
OF_RSA = [name for name in ALGORITHMS if name.startswith(("RS", "PS"))]
LEEWAY = 60  # seconds that a clock may differ
ASSERTION_LIVES = 60  # seconds
THUMBPRINT = frozenset({"crv", "e", "kty", "n", "x", "y"})  # what a public key consists of


def verified_claims(id_token: object, keys: Mapping[str, Any], provider: Provider, nonce: str) -> dict[str, Any]:
    """Returns the claims of an ID token that this provider signed, for us, for this sign-in, and that is valid now.

    Raises Trouble: 'clock' where only the time is wrong, 'token' for all else.
    """
    if not isinstance(id_token, str):
        raise Trouble("token", "there is no ID token")
    try:
        header = jwt.get_unverified_header(id_token)
        claims = jwt.decode(
            id_token,
            _key_for(header, keys),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as fault:
        raise Trouble("clock", str(fault)) from fault
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as fault:
        raise Trouble("token", type(fault).__name__) from fault
    if claims.get("nonce") != nonce:
        raise Trouble("token", "it was made for another sign-in: the nonce differs")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client_id:
        raise Trouble("token", "it was given to another program: azp differs")
    if not claims["sub"]:
        raise Trouble("token", "sub is empty")
    return claims


def assertion_for(provider: Provider, audience: str) -> str:
    """Returns what shows that we are the client, signed by our own key (private_key_jwt, RFC 7523).

    Raises Trouble where the key can't be read.
    """
    key, algorithm, public = _own_key(provider)
    now = int(time.time())
    said = {
        "iss": provider.client_id,
        "sub": provider.client_id,
        "aud": audience,
        "jti": token_urlsafe(16),
        "iat": now,
        "exp": now + ASSERTION_LIVES,
    }
    return jwt.encode(said, key, algorithm=algorithm, headers={"kid": public["kid"]})


def public_keys(provider: Provider) -> dict[str, list[dict[str, str]]]:
    """Returns our own public key, as a provider's administrator needs it. Raises Trouble where it can't be read."""
    return {"keys": [_own_key(provider)[2]]}


def _own_key(provider: Provider) -> tuple[Any, str, dict[str, str]]:
    """Returns the private key, its algorithm, and the public one, named by its thumbprint (RFC 7638)."""
    try:
        pem = Path(provider.client_key).read_bytes()
        key: Any = load_pem_private_key(pem, password=None)
        maker, algorithm = (RSAAlgorithm, "PS256") if isinstance(key, RSAPrivateKey) else (ECAlgorithm, "ES256")
        public = maker.to_jwk(key.public_key(), as_dict=True)
    except (OSError, ValueError, TypeError, AttributeError, UnsupportedAlgorithm, jwt.PyJWTError) as fault:
        raise Trouble("own_key", f"{provider.client_key}: {type(fault).__name__}") from fault
    told = {name: value for name, value in public.items() if name in THUMBPRINT}
    digest = sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).digest()
    kid = urlsafe_b64encode(digest).decode().rstrip("=")
    return key, algorithm, told | {"kid": kid, "alg": algorithm, "use": "sig"}


def _key_for(header: Mapping[str, Any], keys: Mapping[str, Any]) -> jwt.PyJWK:
    """Returns the key with the name that the token gives, or the only one. Raises Trouble where there is none."""
    known = {"keys": [_used_for(header.get("alg"), key) for key in keys["keys"]]}
    found = [key for key in jwt.PyJWKSet.from_dict(known).keys if key.public_key_use in (None, "sig")]
    if "kid" in header:
        found = [key for key in found if key.key_id == header["kid"]]
    if len(found) != 1:
        raise Trouble("key", "the provider names no such key")
    return found[0]


def _used_for(algorithm: object, key: object) -> object:
    """Returns a key; an RSA one that names no algorithm is for that of the token, where PyJWT takes it for RS256."""
    is_free = isinstance(key, dict) and key.get("kty") == "RSA" and not key.get("alg")
    return {**key, "alg": algorithm} if is_free and algorithm in OF_RSA else key  # type: ignore[dict-item]
