"""Accounts are by invitation, one for an address, with a second step, and anybody can use their sign-in pages."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from auditlog.models import LogEntry
from cryptography.fernet import InvalidToken
from django.contrib.auth import authenticate
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from playwright.sync_api import expect

from samenwerking.accounts.models import User
from tests.browsing import enter, follow, sign_in
from tests.cast import PASSWORD
from tests.html import MESSAGES, links, texts
from tests.jobs import do_jobs
from tests.second_step import code_for


def test_an_address_has_one_account_whatever_its_capitals(user):
    assert User.objects.get_by_natural_key("Anna@Voorbeeld.NL") == user
    assert authenticate(username="ANNA@voorbeeld.nl", password=PASSWORD) == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Anna@Voorbeeld.nl", name="Nog een Anna")


def test_the_database_refuses_capitals_in_an_address(db):
    with pytest.raises(IntegrityError, match="email_address_is_in_lower_case"):
        User.objects.create(email="Anna@voorbeeld.nl")


def test_nobody_signs_up_by_themselves(client, db):
    fields = {"email": "vreemd@voorbeeld.nl", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_signup"), fields)
    assert texts(response, "h1") == ["U kunt zelf geen account maken"]
    assert User.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_invited_user_chooses_a_password_by_mail_and_signs_in(client, beheerder, mailoutbox):
    client.force_login(beheerder)
    client.post(reverse("admin:accounts_user_add"), {"email": "Nieuw@Voorbeeld.nl", "name": "Nia", "is_active": "on"})
    invited = User.objects.get(email="nieuw@voorbeeld.nl")
    assert not invited.has_usable_password()
    client.logout()

    client.post(reverse("account_reset_password"), {"email": "nieuw@voorbeeld.nl"})
    do_jobs()
    [mail] = mailoutbox
    assert mail.to == ["nieuw@voorbeeld.nl"]
    link = re.search(r"https?://\S+", mail.body)[0]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert (
        client.post(reverse("account_login"), {"login": "nieuw@voorbeeld.nl", "password": PASSWORD}).status_code == 302
    )


@pytest.mark.django_db(transaction=True)
def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, db, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": "vreemd@voorbeeld.nl"}, follow=True)
    assert texts(response, "h1") == ["Kijk in uw mail"]
    do_jobs()
    assert mailoutbox == []


def test_the_admin_is_entered_through_the_same_sign_in(client, db):
    response = client.get(reverse("admin:login"), {"next": "/beheer/"})
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_staff_that_is_no_superuser_hands_out_no_rights(rf, user, beheerder):
    from django.contrib import admin

    user_admin = admin.site.get_model_admin(User)
    request = rf.get("/")
    request.user = user
    rights = {"is_staff", "is_superuser", "is_researcher", "may_make_networks"}
    assert rights <= set(user_admin.get_readonly_fields(request))
    request.user = beheerder
    assert user_admin.get_readonly_fields(request) == ["second_step", "linked_to", "last_login", "date_joined"]


@pytest.fixture
def account_keeper(db):
    """Returns staff that may do everything with accounts, and nothing else."""
    keeper = User.objects.create_user("accounts@voorbeeld.nl", PASSWORD, name="Ada", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return keeper


def test_staff_that_is_no_superuser_can_neither_change_nor_delete_one(client, account_keeper, beheerder):
    client.force_login(account_keeper)
    fields = {"email": "kwaad@voorbeeld.nl", "name": "Bo Beheer", "is_active": "on"}
    page = reverse("admin:accounts_user_change", args=[beheerder.pk])
    assert client.post(page, fields).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[beheerder.pk]), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [beheerder.pk], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), chosen)
    beheerder.refresh_from_db()
    assert beheerder.email == "beheer@voorbeeld.nl"


def test_staff_that_is_no_superuser_makes_accounts_but_takes_none_over_by_its_address(client, account_keeper, user):
    client.force_login(account_keeper)
    fields = {"email": "kwaad@voorbeeld.nl", "name": "Ada Tweede", "is_active": "on", "is_researcher": "on"}
    assert client.post(reverse("admin:accounts_user_change", args=[user.pk]), fields).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.name, user.is_researcher) == ("anna@voorbeeld.nl", "Ada Tweede", False)
    client.post(reverse("admin:accounts_user_add"), {"email": "nieuw@voorbeeld.nl", "name": "Nia", "is_active": "on"})
    assert User.objects.filter(email="nieuw@voorbeeld.nl").exists()


def test_a_superuser_makes_an_onderzoeker_and_corrects_an_address(client, beheerder, user):
    client.force_login(beheerder)
    fields = {"email": "a.dewit@voorbeeld.nl", "name": user.name, "is_active": "on", "is_researcher": "on"}
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), fields)
    user.refresh_from_db()
    assert (user.email, user.is_researcher) == ("a.dewit@voorbeeld.nl", True)


@pytest.mark.parametrize("model", ["mfa/authenticator", "account/emailaddress", "auth/group"])
def test_second_steps_a_second_list_of_addresses_and_groups_are_not_in_the_admin(client, beheerder, model):
    client.force_login(beheerder)
    assert client.get(f"/beheer/{model}/").status_code == 404
    assert f"/beheer/{model}/" not in links(client.get("/beheer/"), "a")


def test_the_database_does_not_have_the_second_step_in_plain_text(user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    kept = [str(one.data) for one in Authenticator.objects.all()]
    assert len(kept) == 2
    assert not [data for data in kept if "JBSWY3DPEHPK3PXP" in data or re.search("'[0-9a-f]{80}'", data)]
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_for("JBSWY3DPEHPK3PXP"))
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    assert codes.validate_code(codes.get_unused_codes()[0])


def test_a_second_step_outlives_a_new_secret_key_while_the_old_one_is_a_fallback(settings):
    kept = encrypt("JBSWY3DPEHPK3PXP")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key of more than thirty-two characters"
    with pytest.raises(InvalidToken):
        decrypt(kept)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_staff_without_a_second_step_does_not_enter_the_admin(client, beheerder, user, settings):
    settings.STAFF_NEEDS_SECOND_STEP = True
    client.force_login(beheerder)
    for address in (reverse("admin:index"), reverse("admin:accounts_user_change", args=[user.pk])):
        response = client.get(address)
        assert response.status_code == 403
        assert reverse("mfa_activate_totp") in links(response)
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), {"email": user.email, "name": "Ander"})
    assert User.objects.get(pk=user.pk).name == "Ada Eerste"
    TOTP.activate(beheerder, "JBSWY3DPEHPK3PXP")
    assert client.get(reverse("admin:index")).status_code == 200


def test_who_is_no_staff_is_asked_to_sign_in_as_somebody_else_for_the_admin(client, user, settings):
    settings.STAFF_NEEDS_SECOND_STEP = True
    client.force_login(user)
    assert reverse("admin:login") in client.get(reverse("admin:index")).url


def test_the_audit_trail_has_the_change_but_no_password_and_no_address_of_a_computer(client, user, beheerder):
    client.force_login(beheerder)
    fields = {"email": user.email, "name": "Ada Tweede", "is_active": "on"}
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), fields)
    entry = LogEntry.objects.filter(actor=beheerder).get()
    assert entry.changes == {"name": ["Ada Eerste", "Ada Tweede"]}
    assert entry.remote_addr is None
    assert not any("password" in entry.changes for entry in LogEntry.objects.all())


def test_the_package_keeps_no_second_list_of_addresses(client, user):
    client.force_login(user)
    assert client.get("/account/email/").status_code == 404


# In a browser


def test_a_person_signs_in_looks_at_the_account_and_signs_out(walk, user):
    walk.visit_named("account_login")
    a_gap_is_named_next_to_its_field(walk)
    for email in (user.email, "niemand@voorbeeld.nl"):
        a_wrong_password_gives_one_sentence_for_known_and_unknown(walk, email)
    signing_in_with_address_and_password(walk)
    pages_of_an_account(walk)
    signing_out(walk)


def a_gap_is_named_next_to_its_field(walk):
    page = walk.page
    page.locator("main form").evaluate("form => form.noValidate = true")
    follow(page, page.get_by_role("button", name="Inloggen"))
    for label in ("E-mailadres", "Wachtwoord"):
        field = page.get_by_label(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description("Fout: Dit veld is verplicht.")
    walk.look()


def a_wrong_password_gives_one_sentence_for_known_and_unknown(walk, email):
    page = walk.page
    enter(page, email, "niet het wachtwoord")
    sentence = "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Controleer ze, of kies ‘Wachtwoord vergeten’."
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text([sentence])
    expect(page.get_by_label("E-mailadres")).to_have_value(email)
    walk.look()


def signing_in_with_address_and_password(walk):
    """The capitals of an address don't matter."""
    enter(walk.page, "Anna@Voorbeeld.nl")
    expect(walk.page.get_by_role("link", name="Uitloggen")).to_be_visible()


def pages_of_an_account(walk):
    walk.visit_named("account_change_password account_name account_address mfa_index")
    follow(walk.page, walk.page.get_by_role("link", name="Stel de tweede stap in"))
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Bent u het zelf?")
    walk.look()


def signing_out(walk):
    page = walk.page
    follow(page, page.get_by_role("link", name="Uitloggen"))
    walk.look()
    follow(page, page.get_by_role("button", name="Uitloggen"))
    expect(page.locator(MESSAGES)).to_have_text("U bent uitgelogd.")
    expect(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Inloggen")).to_be_visible()


def test_a_beheerder_sets_up_the_second_step_and_signs_in_with_it(walk, live_server, beheerder, settings):
    settings.STAFF_NEEDS_SECOND_STEP = True
    sign_in(walk.page, live_server, beheerder.email)
    the_page_that_asks_for_the_second_step_leads_to_it(walk)
    confirming_with_the_password(walk)
    a_wrong_code_is_refused(walk)
    recovery_code = a_right_code_gives_recovery_codes(walk)
    the_admin_is_open(walk)
    walk.page.context.clear_cookies()
    sign_in(walk.page, live_server, beheerder.email)
    signing_in_with_a_recovery_code(walk, recovery_code)
    the_admin_is_open(walk)


def the_page_that_asks_for_the_second_step_leads_to_it(walk):
    walk.visit(reverse("admin:index"))
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Stel eerst de tweede stap in")
    follow(walk.page, walk.page.get_by_role("link", name="Stel de tweede stap in"))


def confirming_with_the_password(walk):
    """Each change of the security of an account asks for it first."""
    walk.page.get_by_label("Wachtwoord").fill(PASSWORD)
    follow(walk.page, walk.page.get_by_role("button", name="Ga verder"))
    walk.look()


def enter_code(page, code):
    page.get_by_label("Code uit de app").fill(code)
    follow(page, page.get_by_role("button", name="Zet de tweede stap aan"))


def a_wrong_code_is_refused(walk):
    enter_code(walk.page, "000000")
    expect(walk.page.get_by_role("alert").get_by_role("link")).to_contain_text("Deze code klopt niet")
    walk.look()


def a_right_code_gives_recovery_codes(walk):
    """Returns the first of them."""
    enter_code(walk.page, code_for(walk.page.locator("main code").inner_text()))
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    walk.look()
    return walk.page.locator("main code").first.inner_text()


def signing_in_with_a_recovery_code(walk, recovery_code):
    page = walk.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Code uit uw app")
    walk.look()
    page.get_by_label("Code").fill(recovery_code)
    follow(page, page.get_by_role("button", name="Inloggen"))


def the_admin_is_open(walk):
    walk.page.goto(walk.site + reverse("admin:index"))
    expect(walk.page.get_by_role("link", name="Gebruikers")).to_be_visible()
