"""The coördinator's pages as a browser gets them: what they show, what they do, and what they never show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.actions.networks import add_partner
from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import Network, OpenAnswer, Participant, ReaderGroup, Round, State
from assessments.views.coordinator import urls
from samenwerking.accounts.models import User
from tests.addresses import ONLY_WRITES, address, arguments
from tests.cast import PASSWORD, build_cast, long_ago
from tests.html import FAULTS, MESSAGES, WARNINGS, links, text_of, texts


def fill(cast, texts=True):
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1, texts={"open_slot": f"Antwoord van {number}"} if texts else {})


def test_the_overview_names_the_next_step_of_each_round(coordinator, cast):
    page = coordinator.get(reverse("overview")).content.decode()
    assert texts(page, "section h3") == ["Netwerk Oost"]
    assert "Volg de respons" in text_of(page, ".cards p")
    assert "Netwerk West" not in page


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_a_published_round_asks_for_nothing_once_the_next_one_was_opened(coordinator, cast):
    fill(cast)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    overview = reverse("overview")
    assert [line.round.name for line in coordinator.get(overview).context["to_do"]] == ["Voorjaar"]
    following = Round.objects.create(
        network=cast.network, name="Najaar", instrument_version=cast.round.instrument_version
    )
    assert [line.round.name for line in coordinator.get(overview).context["to_do"]] == ["Najaar", "Voorjaar"]
    now = timezone.now()
    Round.objects.filter(pk=following.pk).update(state=State.OPEN, opened_at=now, closes_on=now.date())
    assert [line.round.name for line in coordinator.get(overview).context["to_do"]] == ["Najaar"]


def test_the_overview_takes_as_many_queries_with_three_networks_as_with_one(coordinator, cast):
    before = queries(coordinator, reverse("overview"))
    for name in ("Noord", "Zuid"):
        network = Network.objects.create(name=name)
        network.memberships.create(user=cast.coordinator, role="coordinator")
        Round.objects.create(network=network, name="Ronde", instrument_version=cast.round.instrument_version)
    assert queries(coordinator, reverse("overview")) == before


def test_somebody_without_a_network_is_told_how_to_begin(client, cast):
    new = User.objects.create_user("nieuw@example.org", PASSWORD, name="Nieuw")
    client.force_login(new)
    page = client.get(reverse("overview")).content.decode()
    assert "U bent nog bij geen enkel netwerk betrokken." in texts(page, ".card p")
    assert "Vraag de beheerder van deze site" in text_of(page, ".card")
    assert reverse("network_new") not in links(page)
    User.objects.filter(pk=new.pk).update(may_make_networks=True)
    assert reverse("network_new") in links(client.get(reverse("overview")).content.decode())


def test_a_network_is_made_by_who_may_and_is_not_there_for_others(client, cast):
    """Whoever makes a network mails thousands of people from the address of the gemeente."""
    for user in (cast.reader, cast.researcher):
        client.force_login(user)
        assert client.get(reverse("network_new")).status_code == 404
        assert client.post(reverse("network_new"), {"name": "Netwerk Noord"}).status_code == 404
    User.objects.filter(pk=cast.researcher.pk).update(is_superuser=True)
    assert client.get(reverse("network_new")).status_code == 200
    User.objects.filter(pk=cast.reader.pk).update(may_make_networks=True)
    client.force_login(cast.reader)
    assert client.post(reverse("network_new"), {"name": "Netwerk Noord"}).status_code == 302


def test_closing_asks_for_the_name_of_the_round_and_says_what_it_erases(coordinator, cast):
    fill(cast)
    url = reverse("round_close", args=[cast.round.pk])
    assert "Alle antwoorden van personen" in text_of(coordinator.get(url), WARNINGS)
    wrong = coordinator.post(url, {"name": "Najaar"})
    assert "Dit is niet de naam van de ronde" in text_of(wrong, FAULTS)
    assert Round.objects.get(pk=cast.round.pk).state == State.OPEN
    coordinator.post(url, {"name": "  voorjaar "})
    assert Round.objects.get(pk=cast.round.pk).state == State.CLOSED


def test_a_second_click_on_a_step_says_that_it_was_taken(coordinator, cast):
    fill(cast)
    close_round(round_id=cast.round.pk)
    url = reverse("round_publish", args=[cast.round.pk])
    everybody = dict.fromkeys(ReaderGroup.values, "on")
    coordinator.post(url, everybody)
    assert coordinator.post(url, everybody).status_code == 302
    assert Round.objects.get(pk=cast.round.pk).state == State.PUBLISHED


def test_open_answers_are_shown_without_level_and_in_no_order_of_people(coordinator, cast):
    fill(cast)
    close_round(round_id=cast.round.pk)
    url = reverse("open_answers", args=[cast.round.pk])
    page = coordinator.get(url).content.decode()
    assert page.count("Antwoord van") == 10
    for level in ("uitvoerend", "management", "bestuur"):
        assert level not in page
    answers = list(OpenAnswer.objects.all())
    data = {f"tekst-{answer.pk}": answer.text for answer in answers}
    data |= {f"klaar-{answer.pk}": "on" for answer in answers}
    data[f"tekst-{answers[0].pk}"] = "Antwoord van [naam]"
    data[f"weg-{answers[1].pk}"] = "on"
    assert coordinator.post(url, data).status_code == 302
    assert OpenAnswer.objects.filter(is_cleared=True).count() == 9
    assert OpenAnswer.objects.get(pk=answers[0].pk).text == "Antwoord van [naam]"


def test_an_empty_answer_is_refused_and_nothing_typed_is_lost(coordinator, cast):
    fill(cast)
    close_round(round_id=cast.round.pk)
    url = reverse("open_answers", args=[cast.round.pk])
    answers = list(OpenAnswer.objects.all())
    data = {f"tekst-{answer.pk}": f"{answer.text}, gewijzigd" for answer in answers}
    data[f"tekst-{answers[0].pk}"] = ""
    page = coordinator.post(url, data).content.decode()
    assert "Laat de tekst staan" in text_of(page, FAULTS)
    assert page.count(", gewijzigd") == 9
    assert not OpenAnswer.objects.filter(is_cleared=True).exists()


def test_what_a_colleague_took_out_of_an_open_answer_does_not_come_back_unseen(coordinator, cast):
    fill(cast)
    close_round(round_id=cast.round.pk)
    url = reverse("open_answers", args=[cast.round.pk])
    left_out, changed, *_ = OpenAnswer.objects.all()
    shown = [fields for question in coordinator.get(url).context["form"].by_question() for fields in question.answers]
    stale = {fields.seen_name: fields.seen for fields in shown} | {f.text.html_name: f.text.value() for f in shown}
    OpenAnswer.objects.filter(pk=left_out.pk).update(is_left_out=True)
    OpenAnswer.objects.filter(pk=changed.pk).update(text="Antwoord van [naam]")
    again = coordinator.post(url, stale)
    page = again.content.decode()
    assert set(again.context["form"].errors) == {f"tekst-{left_out.pk}", f"tekst-{changed.pk}"}
    assert "intussen weggelaten" in text_of(page, FAULTS)
    assert "Nu is opgeslagen: ‘Antwoord van [naam]’" in text_of(page, FAULTS)
    assert not OpenAnswer.objects.filter(is_cleared=True).exists()
    now = [fields for question in again.context["form"].by_question() for fields in question.answers]
    read = {fields.is_read.html_name: "on" for fields in now}
    assert coordinator.post(url, stale | {fields.seen_name: fields.seen for fields in now} | read).status_code == 302
    assert OpenAnswer.objects.filter(is_cleared=True).count() == 10


def pages_of(cast):
    """Returns the URL of every page of the coördinator, but those that only write."""
    known = arguments(cast)
    return [address(pattern.name, known) for pattern in urls.urlpatterns if pattern.name not in ONLY_WRITES]


@pytest.mark.parametrize("state", ["concept", "open", "gesloten", "gepubliceerd"])
def test_no_page_of_a_coordinator_holds_a_personal_link(client, db, state):
    cast = build_cast(is_open=state != "concept")
    tokens = [link_token(pk) for pk in Participant.objects.values_list("pk", flat=True)]
    if state in ("gesloten", "gepubliceerd"):
        fill(cast)
        close_round(round_id=cast.round.pk)
    if state == "gepubliceerd":
        publish_round(round_id=cast.round.pk)
    client.force_login(cast.coordinator)
    for url in pages_of(cast):
        response = client.get(url, follow=True)
        assert response.status_code in (200, 404), url
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert not [token for token in tokens if token.encode() in content], url


def test_the_round_page_takes_as_many_queries_with_thirty_people_as_with_ten(coordinator, cast):
    url = reverse("round", args=[cast.round.pk])
    coordinator.get(url)  # the instrument is read once a process
    before = queries(coordinator, url)
    for number in range(20):
        Participant.objects.create(
            round=cast.round, partner=cast.partners["school"], level="bestuur", email=f"nieuw{number}@example.org"
        )
    assert queries(coordinator, url) == before


# Setting up


def test_the_steps_of_a_round_can_be_left_and_resumed(coordinator, cast):
    url = reverse("round_new", args=[cast.network.pk])
    answer = coordinator.post(url, {"name": "Najaar", "instrument_version": cast.round.instrument_version.pk})
    round = Round.objects.get(name="Najaar")
    assert answer.url == reverse("round_setup", args=[round.pk, "planning"])
    assert round.participants.count() == 10  # a copy of the last round
    planning = {
        "closes_on": f"{timezone.localdate() + timedelta(days=20):%d-%m-%Y}",
        "reminders": 3,
        "minimum": 4,
        "shown_by": "partner",
    }
    answer = coordinator.post(answer.url, planning | {"later": "1"})
    assert answer.url == reverse("network", args=[cast.network.pk])
    round.refresh_from_db()
    assert (round.minimum, round.reminders) == (4, 3)
    invitation = {
        "contact_name": "Noor\nBcc: iedereen@example.org",
        "contact_email": "noor@example.org",
        "invitation_subject": "Doe mee",
        "invitation_text": "Graag!",
    }
    coordinator.post(reverse("round_setup", args=[round.pk, "uitnodiging"]), invitation)
    round.refresh_from_db()
    assert "\n" not in round.contact_name
    close_round(round_id=cast.round.pk)
    long_ago(cast.round)
    assert coordinator.post(reverse("round_open", args=[round.pk])).status_code == 302
    round.refresh_from_db()
    assert round.state == State.OPEN


@pytest.mark.parametrize(
    ("minimum", "day", "sentence"),
    [
        ("2", 20, "Kies een getal van 3 tot en met 1000. Bij minder dan 3 is te zien wat één persoon antwoordde."),
        ("3,5", 20, "Vul een heel getal in"),
        ("-1", 20, "Kies een getal van 3 tot en met 1000."),
        ("1001", 20, "Kies een getal van 3 tot en met 1000."),
        ("", 20, "Dit veld is verplicht"),
        ("5", -1, "Deze dag is al voorbij"),
        ("5", 0, "Deze dag is al voorbij of vandaag"),
        ("5", 400, "meer dan een jaar later"),
    ],
)
def test_planning_refuses_what_cannot_be(coordinator, cast, minimum, day, sentence):
    round = Round.objects.create(network=cast.network, name="Najaar", instrument_version=cast.round.instrument_version)
    url = reverse("round_setup", args=[round.pk, "planning"])
    data = {"closes_on": f"{timezone.localdate() + timedelta(days=day)}", "reminders": 1, "minimum": minimum}
    page = coordinator.post(url, data).content.decode()
    assert sentence in text_of(page, FAULTS)
    round.refresh_from_db()
    assert round.closes_on is None


def test_the_minimum_is_spelled_out_for_each_group(client, db):
    cast = build_cast({("school", "uitvoerend"): 4, ("school", "bestuur"): 2}, is_open=False)
    client.force_login(cast.coordinator)
    lines = texts(client.get(reverse("round_setup", args=[cast.round.pk, "planning"])), "main li")
    assert "niveau uitvoerend: 4 deelnemers. U ziet hun score als minstens 3 van hen invullen." in lines
    assert "niveau bestuur: 2 deelnemers. U ziet hun score niet." in lines


def test_a_round_that_was_opened_in_another_tab_cannot_be_set_up_any_more(coordinator, cast):
    url = reverse("round_setup", args=[cast.round.pk, "planning"])
    data = {"closes_on": f"{timezone.localdate() + timedelta(days=9)}", "reminders": 1, "minimum": 9}
    coordinator.post(url, data)
    assert Round.objects.get(pk=cast.round.pk).minimum == 3


def test_a_round_that_lacks_something_does_not_open(coordinator, cast):
    round = Round.objects.create(network=cast.network, name="Najaar", instrument_version=cast.round.instrument_version)
    page = coordinator.post(reverse("round_open", args=[round.pk]))
    assert page.status_code == 400
    assert "Er zijn nog geen deelnemers" in text_of(page, WARNINGS)
    assert Round.objects.get(pk=round.pk).state == State.CONCEPT


def test_a_partner_with_participants_is_not_removed(coordinator, cast):
    partner = cast.partners["school"]
    answer = coordinator.post(reverse("partner_remove", args=[cast.network.pk, partner.pk]), follow=True)
    assert "U kunt deze partner daarom niet verwijderen" in text_of(answer, MESSAGES)
    assert cast.network.partners.filter(pk=partner.pk).exists()


def test_two_partners_of_one_name_get_keys_of_their_own(cast):
    for _ in range(2):
        add_partner(network_id=cast.network.pk, name="De Brug", kind=cast.partners["school"].kind)
    keys = cast.network.partners.filter(name="De Brug").values_list("key", flat=True)
    assert sorted(keys) == ["de-brug", "de-brug-2"]


def test_the_only_coordinator_cannot_be_removed(coordinator, cast):
    own = cast.network.memberships.get(user=cast.coordinator)
    page = coordinator.post(reverse("colleague_remove", args=[cast.network.pk, own.pk]), follow=True)
    assert "enige coördinator" in text_of(page, MESSAGES)
    assert cast.network.memberships.filter(pk=own.pk).exists()


def test_a_participant_who_finished_is_not_removed_and_one_who_did_not_leaves_nothing(coordinator, cast):
    done, busy, *_ = cast.participants()
    cast.answer(done)
    cast.answer(busy, submit=False)
    for participant in (done, busy):
        coordinator.post(reverse("participant_remove", args=[cast.round.pk, participant.pk]))
    assert Participant.objects.filter(pk=done.pk).exists()
    assert not Participant.objects.filter(pk=busy.pk).exists()
    assert cast.round.responses.count() == 1


def test_a_corrected_address_gets_a_link_of_its_own(coordinator, cast):
    old = cast.participants()[0]
    url = reverse("participant_edit", args=[cast.round.pk, old.pk])
    coordinator.post(url, {"email": "Goed@Example.org", "partner": old.partner_id, "level": old.level})
    new = Participant.objects.get(email="goed@example.org")
    assert new.pk != old.pk
    assert not Participant.objects.filter(pk=old.pk).exists()
    assert new.messages.get().kind == "invitation"
