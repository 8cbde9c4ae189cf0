"""Everything that a form can answer is Dutch: what we wrote, and what the packages say through their translations."""

import re
from gettext import GNUTranslations

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import trans_real

from assessments.actions.colleagues import invite_colleague
from assessments.models import Network
from samenwerking.accounts.models import User
from tests.addresses import address, arguments
from tests.assessments.test_access import BY_NO_ACCOUNT, NEEDED_BY_NAME, WITH_A_FORM
from tests.cast import PASSWORD, build_cast
from tests.html import elements
from tests.pages import held

# Words that English can hardly do without, and that are none in Dutch.
ENGLISH = re.compile(
    r"\b(the|this|these|that|you|your|please|must|should|cannot|can't|isn't|enter|required|invalid|value|field|ensure|"
    r"select|choose|choice|allowed|not|and|with|from|too|least|already|expected|failed|unknown|None|True|False)\b"
)
# What somebody could type or paste, by accident or to see what happens.
BAD = ("", " ", "x", "-1", "9" * 30, "31-02-2027", "2020-01-01", "a@", "x" * 5000, "=1+1\x00", "<b>ü</b> \U0001f642")
ACCOUNT = (
    "account_login account_reset_password account_name account_address account_change_password account_reauthenticate"
    " mfa_index mfa_activate_totp mfa_generate_recovery_codes mfa_list_webauthn mfa_add_webauthn"
    " mfa_reauthenticate_webauthn"
)


@pytest.fixture
def untranslated(monkeypatch):
    """Returns what packages asked a translation for, and got back as it was: Django's own function notes it."""
    found = set()

    def noting(translate):
        def noted(message, *more):
            said = translate(message, *more)
            if said == message and re.search("[a-z]{3}", message):
                found.add(message)
            return said

        return noted

    monkeypatch.setattr(trans_real, "gettext", noting(trans_real.gettext))
    return found


def seen(page):
    """Returns what a reader sees of a page, without what is there as an example of another language."""
    text = []
    for body in elements(page, "body"):
        for part in list(body.iter()):
            if part.tag in ("script", "style", "code", "option", "textarea") or part.get("lang") == "en":
                part.text = ""
        text += [" ".join(" ".join(body.itertext()).split())]
    return "\n".join(text)


def english(page):
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    text = seen(page)
    return [text[max(0, match.start() - 60) : match.end() + 40] for match in ENGLISH.finditer(text)]


def try_all(client, url):
    """Yields the page, and each answer to its forms: each of the bad inputs in all fields at once."""
    page = client.get(url, follow=True)
    yield page
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return
    for form in elements(page, "main form[method=post], #content-main form[method=post]"):
        target, fields = form.get("action") or page.request["PATH_INFO"], held(form)
        for value in BAD if fields else []:
            yield client.post(target, dict.fromkeys(fields, value))


def faults_of(client, urls):
    return {(url, fault) for url in urls for page in try_all(client, url) for fault in english(page)[:2]}


@pytest.mark.parametrize("state", ["concept", "open"])
def test_a_coordinator_reads_no_english_whatever_she_types(client, db, untranslated, state):
    cast = build_cast(is_open=state == "open")
    known = arguments(cast)
    client.force_login(cast.coordinator)
    names = sorted(name for name in WITH_A_FORM if NEEDED_BY_NAME[name] not in BY_NO_ACCOUNT)
    assert faults_of(client, [address(name, known) for name in names]) == set()
    assert untranslated == set()


def test_a_participant_reads_no_english_whatever_comes_in(client, db, untranslated):
    known = arguments(build_cast()) | {"number": 1}
    names = sorted(name for name in WITH_A_FORM if NEEDED_BY_NAME[name] in BY_NO_ACCOUNT)
    assert faults_of(client, [address(name, known) for name in names]) == set()
    assert untranslated == set()


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nobody_reads_english_about_an_account(client, db, untranslated, is_signed_in):
    user = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    if is_signed_in:
        client.force_login(user)
    assert faults_of(client, [reverse(name) for name in ACCOUNT.split()]) == set()
    assert untranslated == set()


@pytest.mark.parametrize("is_superuser", [True, False])
def test_a_beheerder_reads_no_english_in_the_admin(client, db, untranslated, is_superuser):
    cast = build_cast()
    user = User.objects.create_user("beheer@example.org", name="Beheer", is_staff=True, is_superuser=is_superuser)
    client.force_login(user)
    invite_colleague(user_id=cast.reader.pk, network_id=cast.network.pk)
    Network.objects.create(name="Netwerk Zuid").delete()  # the trail has all that can be done
    urls = [reverse("admin:index")]
    for model, options in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        urls += [reverse(f"{name}_changelist")]
        row = model._default_manager.first()
        urls += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")] if row else []
        if options.has_add_permission(client.get("/").wsgi_request):
            urls += [reverse(f"{name}_add")]
    faults = faults_of(client, urls)
    assert (faults, untranslated) == (set(), set())


def test_what_is_compiled_of_our_own_translations_is_what_they_say():
    folder = settings.BASE_DIR / "samenwerking" / "locale" / "nl" / "LC_MESSAGES"
    pairs = re.findall(r'(?m)^msgid "(.+)"\nmsgstr "(.+)"$', (folder / "django.po").read_text())
    with (folder / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    found = {said: compiled.gettext(said) for said, _ in pairs}
    found |= {said: compiled.pgettext("Task", said) for said in ("Ready", "Running", "Failed", "Successful")}
    assert found == dict(pairs)
    assert len(pairs) > 50
