"""A code on paper leads to its open link however it is typed, and nothing else does."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.anonymity.keys import SECRET_BITS, SIGNS, code_as_typed, ids_of_code, link_token, open_code
from assessments.models import OpenLink
from assessments.views.filling import limits
from tests.cast import build_cast


def sloppy(code):
    return " - ".join(code[at : at + 5] for at in range(0, 30, 5)).lower().replace("0", "o").replace("1", "l")


@given(st.uuids(version=4))
def test_a_code_has_thirty_signs_that_nobody_takes_for_another_and_leads_to_its_id(link_id):
    code = open_code(link_id)
    assert len(code) == 30
    assert set(code) <= set(SIGNS)
    assert not set(SIGNS) & set("ILOU")
    assert code_as_typed(sloppy(code)) == code_as_typed(sloppy(code).replace("l", "I")) == code
    first, last = ids_of_code(code)
    assert first.int <= link_id.int <= last.int


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    code = code_as_typed(text)
    ids = ids_of_code(code)
    assert (ids is not None) == (len(code) == 30 and set(code) <= set(SIGNS))
    assert ids is None or ids[0] <= ids[1]


def test_what_proves_a_code_is_at_least_128_bits_and_follows_from_the_secret(settings):
    link_id = uuid.uuid4()
    code = open_code(link_id)
    settings.LINK_SECRET = "another secret of at least thirty-two signs"
    other = open_code(link_id)
    assert SECRET_BITS >= 128
    assert (code[:4], len(code[4:]) * 5) == (other[:4], SECRET_BITS)
    assert code[4:] != other[4:]


@pytest.mark.django_db
class TestTyping:
    @pytest.fixture
    def link(self):
        cast = build_cast()
        return OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=9)

    @pytest.fixture
    def neighbour(self, link):
        """An open link whose code begins with the same four signs."""
        near = uuid.UUID(int=link.pk.int ^ 1)
        return OpenLink.objects.create(id=near, round=link.round, level="ouders", cap=9)

    def test_it_leads_on_to_the_link(self, client, link, neighbour):
        for one in (link, neighbour):
            response = client.post(reverse("code"), {"code": sloppy(open_code(one.pk))})
            assert (response.status_code, response.url) == (302, reverse("welcome", args=[link_token(one.pk)]))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda code: "", "Typ de code die op uw blad staat."),
            (lambda code: code[:-1], "Een code heeft 30 tekens. U typte er 29."),
            (lambda code: code[:-1] + ("2" if code[-1] != "2" else "3"), "Deze code kennen wij niet."),
            (lambda code: "U" * 30, "Deze code kennen wij niet."),
        ],
    )
    def test_a_wrong_code_is_told_and_what_was_typed_stays(self, client, link, change, sentence):
        typed = change(open_code(link.pk))
        page = client.post(reverse("code"), {"code": typed}).content.decode()
        assert sentence in page
        assert f'value="{typed}"' in page

    def test_a_code_stands_in_no_address_title_or_cache(self, client, link):
        response = client.post(reverse("code"), {"code": open_code(link.pk)[:-1]})
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert client.get(reverse("code"), {"code": open_code(link.pk)}).status_code == 200

    def test_whoever_tries_codes_has_to_wait_but_not_with_a_right_one(self, client, link, monkeypatch):
        monkeypatch.setattr(limits, "WRONG_LINKS", 2)
        tried = [client.post(reverse("code"), {"code": "0" * 30}).status_code for _ in range(4)]
        assert tried == [200, 200, 429, 429]
        assert client.post(reverse("code"), {"code": open_code(link.pk)}).status_code == 302

    def test_a_forged_form_is_refused(self, link):
        assert Client(enforce_csrf_checks=True).post(reverse("code"), {"code": open_code(link.pk)}).status_code == 403

    def test_a_code_is_in_no_table(self, link):
        assert open_code(link.pk) not in str(OpenLink.objects.values())
