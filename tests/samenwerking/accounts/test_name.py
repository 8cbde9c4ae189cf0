"""Whoever signed in changes their own name; mails show it, so it holds no link and no line break."""

import pytest
from django.urls import reverse

from samenwerking.accounts.models import User
from tests.html import FAULTS, MESSAGES, text_of


def test_a_name_is_changed_in_one_line(coordinator, cast):
    page = coordinator.post(reverse("account_name"), {"name": "Beleidsmedewerker\r\n 2"}, follow=True)
    assert text_of(page, MESSAGES) == "Uw naam is gewijzigd."
    assert User.objects.get(pk=cast.coordinator.pk).name == "Beleidsmedewerker 2"


@pytest.mark.parametrize("name", ["", "\u202e", "zie www.kwaad.nl", "x" * 201])
def test_a_name_that_says_nothing_or_too_much_is_refused(coordinator, cast, name):
    assert text_of(coordinator.post(reverse("account_name"), {"name": name}), FAULTS)
    assert User.objects.get(pk=cast.coordinator.pk).name == "Coordinator"


def test_nobody_else_comes_there(client, db):
    assert client.get(reverse("account_name")).url.startswith(reverse("account_login"))
