"""The message to contacts of partners: whom it proposes, what it shows first, what it may say, and once a day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments.actions.partner_messages import send_partner_message
from assessments.actions.rounds import close_round
from assessments.models import Network, Partner, PartnerMessage, Round
from tests.assessments.views.coordinator.test_colleague_was_first import before_the_write
from tests.browsing import sign_in
from tests.cast import build_cast
from tests.html import FAULTS, MESSAGES, elements, text_of, texts
from tests.jobs import do_jobs
from tests.mail_server import server

__all__ = ["server"]  # a fixture

PEOPLE = {("school", "uitvoerend"): 4, ("wijkteam", "uitvoerend"): 5, ("gemeente", "bestuur"): 3, ("jgz", "bestuur"): 2}


def with_contacts(cast):
    """Gives each partner a contact; half of the wijkteam took part, of the others nobody."""
    for partner in cast.partners.values():
        partner.contact_email = f"{partner.key}@example.org"
        partner.save()
    for participant in [one for one in cast.participants() if one.partner.key == "wijkteam"][:3]:
        cast.answer(participant)
    Round.objects.filter(pk=cast.round.pk).update(
        contact_name="Noor Eerste, gemeente", invitation_subject="Hoe werken wij samen?"
    )
    return cast


@pytest.fixture
def cast(db):
    return with_contacts(build_cast(PEOPLE))


@pytest.fixture
def ask(coordinator, cast):
    """Returns a function that gets the page or, with keys of partners, posts it."""

    def ask(*keys, follow=True, **fields):
        url = reverse("partner_messages", args=[cast.round.pk])
        if not keys and not fields:
            return coordinator.get(url)
        data = {"partners": [cast.partners[key].pk for key in keys], **fields}
        return coordinator.post(url, data, follow=follow)

    return ask


def send(ask, *keys, **fields):
    return text_of(ask(*keys, versturen="1", **fields), f"{MESSAGES}, {FAULTS}")


def jobs():
    return DBTaskResult.objects.filter(task_path__endswith="send_partner_message")


def test_partners_below_half_are_ticked_and_those_with_too_few_people_are_not_offered(cast, ask):
    boxes = {box.get("value"): "checked" in box.attrib for box in elements(ask(), "[type=checkbox]")}
    below = {"school": True, "wijkteam": False, "gemeente": True}
    assert boxes == {str(cast.partners[key].pk): ticked for key, ticked in below.items()}


def test_who_gets_it_and_what_it_says_are_shown_before_anything_is_sent(ask):
    page = ask("school", "gemeente", "wijkteam", words="Wij rekenen op u.")
    assert not jobs().exists()
    assert {"School (school@example.org)", "Gemeente (gemeente@example.org)"} <= set(texts(page, "main li"))
    assert texts(page, "section h2") == ["Aan Gemeente en School", "Aan Wijkteam"]
    below, above = texts(page, "section")
    assert "minder dan de helft deed tot nu toe mee" in below
    assert "de helft of meer deed al mee" in above
    assert "Wij rekenen op u." in below
    back = ask("school", words="Wij rekenen op u.", terug="1")
    assert text_of(back, "textarea").strip() == "Wij rekenen op u."
    said = send(ask, "school", "gemeente", words="Wij rekenen op u.")
    assert "Het bericht gaat naar de contactpersoon van Gemeente en School." in said
    assert jobs().count() == 2


@pytest.mark.parametrize("words", ["Kijk op www.voorbeeld.nl", "Zie voorbeeld.nl", "x" * 1001])
def test_what_mail_may_not_say_is_refused_and_kept_in_the_field(ask, words):
    page = ask("school", words=words)
    assert page.status_code == 400
    assert text_of(page, FAULTS)
    assert text_of(page, "textarea").strip() == words


def test_nobody_chosen_is_said(ask):
    assert "Kies ten minste één partner." in text_of(ask(words="x"), FAULTS)


def test_the_mail_greets_the_partner_and_says_how_people_find_their_invitation(server, settings, cast):
    settings.DEFAULT_FROM_EMAIL = "Samenwerking Jeugd <post@samenwerking.example>"
    PartnerMessage.objects.create(round=cast.round, partner=cast.partners["school"], words="Een <b>.\r\n\r\nTwee.")
    send_partner_message.func(str(cast.round.pk), cast.partners["school"].pk)
    [message] = server.received
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    opened = date_format(timezone.localtime(cast.round.opened_at), "l j F")
    for part in (text, html):
        assert "Beste contactpersoon van School" in part
        assert "collega" not in part
        assert "Namens: Noor Eerste, gemeente" in part
        assert "Onderwerp: Hoe werken wij samen?" in part
        assert f"vanaf {opened}" in part
        assert f"{settings.BASE_URL}/privacy/" in part
        assert "Twee." in part
        assert not {"4", "3"} & set(part.split())  # no number of people
    assert "Van: Samenwerking Jeugd <post@samenwerking.example>" in text
    assert "Een <b>." in text
    assert "Een &lt;b&gt;." in html
    assert message["Reply-To"] == '"Noor Eerste, gemeente" <noor@example.org>'


def test_a_partner_is_told_at_most_once_a_day(ask):
    send(ask, "school")
    for _ in range(2):
        assert "kreeg er net een" in send(ask, "school")
    assert jobs().count() == 1
    assert "minder dan een dag geleden" in text_of(ask(), ".lines")
    send(ask, "gemeente")
    jobs().update(enqueued_at=timezone.now() - timedelta(hours=25))
    send(ask, "school")
    assert jobs().count() == 3


def test_a_message_that_failed_may_be_sent_again(ask):
    send(ask, "school")
    jobs().update(status=TaskResultStatus.FAILED)
    send(ask, "school")
    assert jobs().count() == 2


def test_a_partner_that_a_colleague_told_a_moment_ago_is_told_once(cast, ask):
    tells = before_the_write(lambda: send_partner_message.enqueue(str(cast.round.pk), cast.partners["school"].pk))
    with tells:
        said = send(ask, "school", "gemeente")
    assert "gaat naar de contactpersoon van Gemeente." in said
    assert "dat kan net niet meer: School." in said


def test_without_a_contact_a_partner_is_not_offered_and_a_link_leads_to_where_one_is_filled_in(cast, ask):
    Partner.objects.filter(key="school").update(contact_email="")
    assert "School" in text_of(ask(), ".lines")
    assert "kan nu geen bericht krijgen" in send(ask, "school")


def test_a_constructed_network_mails_no_contact(cast, ask):
    Network.objects.filter(pk=cast.network.pk).update(is_constructed=True)
    assert "er gaat geen mail uit" in text_of(ask(), "main")
    assert ask("school", versturen="1").status_code == 400
    assert not jobs().exists()


def test_what_was_written_goes_when_the_round_closes(cast, ask):
    send(ask, "school", words="Wij rekenen op u.")
    assert PartnerMessage.objects.get().words == "Wij rekenen op u."
    assert "rekenen" not in str(list(DBTaskResult.objects.values()))
    close_round(round_id=cast.round.pk)
    assert not PartnerMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_tells_all_below_half_in_one_go(live_server, page, server):
    cast = with_contacts(build_cast(PEOPLE))
    DBTaskResult.objects.all().delete()  # the invitations
    sign_in(page, live_server, cast.coordinator.email)
    page.goto(live_server.url + reverse("partner_messages", args=[cast.round.pk]))
    page.get_by_label("Uw tekst in het bericht").fill("Een.\n\nTwee.")
    page.get_by_role("button", name="Bericht bekijken").click()
    page.get_by_role("button", name="Nog iets wijzigen").click()
    page.get_by_role("button", name="Bericht bekijken").click()
    page.get_by_role("button", name="Versturen aan 2 partners").click()
    do_jobs()
    assert server.sent_to() == {"school@example.org": 1, "gemeente@example.org": 1}
    assert "Een.\n\nTwee.\n" in server.received[0].get_body(("plain",)).get_content().replace("\r", "")
