"""Says of a provider what its discovery tells, what a sign-in there sends, and what to ask its administrator."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from samenwerking.accounts.sso.configured import Provider
from samenwerking.accounts.sso.discovery import OPTIONAL, Trouble, ask, discover
from samenwerking.accounts.sso.exchange import return_address
from samenwerking.accounts.sso.tokens import ALGORITHMS, public_keys

# By reason: what is wrong, and what to do; {0} is what the log says of it.
WHY = {
    "unreachable": "Er komt geen antwoord ({0}). Klopt het adres, en mag deze server daarheen?",
    "refused": "Het adres antwoordt, maar niet met de gegevens ({0}). Klopt SSO_…_ISSUER?",
    "unreadable": "Het adres antwoordt met iets anders dan JSON ({0}). Klopt SSO_…_ISSUER?",
    "issuer": "Het adres noemt zich ‘{0}’. Zet precies dat in SSO_…_ISSUER, als het de goede is.",
    "discovery": "{0} ontbreekt, of is geen https://-adres. Vraag: wat is het goede?",
}


@dataclass(frozen=True)
class Report:
    """Is what `manage.py sso_check` prints: what is so, and what somebody must do."""

    lines: tuple[str, ...]
    asks: tuple[str, ...]


def report_on(provider: Provider) -> Report:
    """Returns the report on one provider; it asks its discovery and its keys, and signs nobody in."""
    lines = [f"{provider.name or provider.key} (SSO_{provider.key.upper()}_…)"]
    if provider.faults:
        return Report(tuple(lines), provider.faults)
    lines += list(_sent(provider))
    try:
        said = discover(provider)
        keys = ask("GET", said["jwks_uri"]).get("keys")
    except Trouble as trouble:
        return Report(tuple(lines), (WHY[trouble.reason].format(trouble),))
    lines += [f"  ontdekt: {name} {said[name]}" for name in sorted(said) if name.endswith("_endpoint")]
    lines += [f"  sleutels: {len(keys) if isinstance(keys, list) else 0} op {said['jwks_uri']}"]
    return Report(tuple(lines), tuple(_asked(provider, said, keys)))


def _sent(provider: Provider) -> Iterator[str]:
    """Yields what its administrator must know, and what a sign-in sends."""
    yield f"  uitgever (issuer): {provider.issuer}"
    yield f"  naam van deze site daar (client_id): {provider.client_id}"
    yield f"  terug naar (redirect_uri): {return_address(provider.key)}"
    yield f"  na uitloggen naar (post_logout_redirect_uri): {settings.BASE_URL}/"
    yield f"  gevraagd (scope): {' '.join(provider.scopes)}, met response_type=code, PKCE (S256), state en nonce"
    yield from (f"  ook gevraagd: {name}={value}" for name, value in provider.ask)
    yield "  nodig: sub; als het kan ook email en name; wat er verder komt, wordt niet bewaard"
    ways = " of ".join(f"{claim} met {value}" for claim, value in provider.second_step)
    yield f"  tweede stap telt mee bij: {ways or 'niets, dus de site vraagt zelf een code'}"
    if provider.client_key:
        try:
            yield f"  openbare sleutel van deze site (JWKS): {json.dumps(public_keys(provider))}"
        except Trouble as trouble:
            yield f"  SSO_{provider.key.upper()}_CLIENT_KEY kan niet gelezen worden: {trouble}"


def _asked(provider: Provider, said: dict[str, Any], keys: Any) -> Iterator[str]:
    """Yields what is missing, each with what to ask of the provider's administrator."""
    if not isinstance(keys, list) or not keys:
        yield "Er zijn geen sleutels. Vraag: waarmee zijn ID-tokens ondertekend, en waarom staat dat niet op jwks_uri?"
    if not _has(said, "response_types_supported", ["code"], missing_is=["code"]):
        yield "‘code’ staat niet bij response_types_supported. Vraag: de authorization code flow."
    if not _has(said, "code_challenge_methods_supported", ["S256"], missing_is=[]):
        yield "PKCE (S256) staat er niet bij. Deze site stuurt het altijd mee. Vraag: of het wordt gecontroleerd."
    if not _has(said, "id_token_signing_alg_values_supported", ALGORITHMS, missing_is=["RS256"]):
        yield f"ID-tokens zijn anders ondertekend dan deze site leest. Vraag: een van {', '.join(ALGORITHMS)}."
    way = "private_key_jwt" if provider.client_key else "client_secret_basic"
    ways = [way] if provider.client_key else [way, "client_secret_post"]
    if not _has(said, "token_endpoint_auth_methods_supported", ways, missing_is=["client_secret_basic"]):
        yield f"Deze site meldt zich met {' of '.join(ways)}, en dat staat er niet bij. Vraag: hoe moet het?"
    for scope in provider.scopes:
        if not _has(said, "scopes_supported", [scope], missing_is=[scope]):
            yield f"‘{scope}’ staat niet bij scopes_supported. Vraag: hoe komen naam en e-mailadres mee?"
    for claim in ("email", "name"):
        if not _has(said, "claims_supported", [claim], missing_is=[claim]):
            yield f"‘{claim}’ staat niet bij claims_supported. Vraag: dat het meekomt, in het ID-token of bij userinfo."
    levels = [value for claim, value in provider.second_step if claim == "acr"]
    if levels and not _has(said, "acr_values_supported", levels, missing_is=levels):
        yield f"{' en '.join(levels)} staat niet bij acr_values_supported. Vraag: welke acr hoort bij een tweede stap?"
    for name in OPTIONAL:
        if name not in said:
            yield {
                "userinfo_endpoint": "Er is geen userinfo. Vraag: dat email en name in het ID-token staan.",
                "end_session_endpoint": "Er is geen pagina om daar uit te loggen. Wie hier uitlogt, leest dat.",
            }[name]


def _has(said: dict[str, Any], name: str, wanted: list[str], *, missing_is: list[str]) -> bool:
    """Tells whether a list of discovery has one of these; what the standard says of a missing list is `missing_is`."""
    listed = said.get(name, missing_is)
    return isinstance(listed, list) and any(value in listed for value in wanted)
