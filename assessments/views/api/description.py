"""Publishes the description of the API, an OpenAPI document, to everybody and to pages of other sites."""

import json
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from assessments.views.api.guard import open_to_all
from samenwerking.api import problem

FILE = Path(__file__).with_name("openapi.yaml")
FOR_ALL = {"Access-Control-Allow-Origin": "*"}


@open_to_all
def api_openapi_json(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(description(), ensure_ascii=False, indent=1), "application/json", headers=FOR_ALL)


@open_to_all
def api_openapi_yaml(request: HttpRequest) -> HttpResponse:
    text = yaml.safe_dump(description(), allow_unicode=True, sort_keys=False)
    return HttpResponse(text, "application/yaml", headers=FOR_ALL)


@open_to_all
def not_found(request: HttpRequest) -> HttpResponse:
    """Answers at every other address, so that none of them leads to another one by a slash."""
    return problem(404)


def description() -> dict[str, Any]:
    """Returns the document, with whom to ask on this site."""
    document = _read()
    return document | {"info": document["info"] | {"contact": _contact()}}


@cache
def _read() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return document


def _contact() -> dict[str, str]:
    """Returns who helps here: SUPPORT_CONTACT is an address of mail, or of a page."""
    asked = settings.SUPPORT_CONTACT
    is_page = asked.startswith("https:")
    return {
        "name": settings.ORGANISATION_NAME or "Beheerder van deze site",
        "url": asked if is_page else settings.BASE_URL + reverse("manual"),
        "email": asked if asked and not is_page else parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
