"""The page on which a round is thrown away as a whole: what it says, who may, and what was under way then."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from assessments.actions import mail
from assessments.actions.discarding import discard_round
from assessments.actions.due import do_what_is_due
from assessments.actions.partner_messages import send_partner_message
from assessments.anonymity.keys import link_token
from assessments.models import (
    Network,
    OpenAnswer,
    Participant,
    ReportFile,
    Response,
    Role,
    Round,
    RoundSecret,
    State,
)
from assessments.report.tasks import make_report, make_reports
from samenwerking.accounts.models import User
from tests.assessments.views.coordinator.test_colleague_was_first import before_the_write
from tests.browsing import follow, sign_in
from tests.cast import PASSWORD, build_cast
from tests.full_rounds import THROWN_AWAY, brought_to, rows
from tests.html import MESSAGES, links, text_of, texts
from tests.meanwhile import meanwhile


def address(cast):
    return reverse("round_remove", args=[cast.round.pk])


@pytest.fixture
def coordinator(client):
    """Signs the cast's coördinator in."""

    def signed_in(cast):
        client.force_login(cast.coordinator)
        return client

    return signed_in


def test_a_round_whose_secrets_were_lost_goes_too(coordinator, db, settings):
    cast = brought_to(State.OPEN)
    settings.RESPONSE_SECRET = "een ander geheim dan waaronder is geantwoord, van genoeg tekens"
    RoundSecret.objects.update(secret=b"\0" * 32)
    assert coordinator(cast).get(address(cast)).status_code == 200
    coordinator(cast).post(address(cast), {"name": "Voorjaar"})
    assert rows() == {}


def test_the_audit_trail_keeps_who_removed_the_round_and_no_address_or_answer(coordinator, db):
    cast = brought_to(State.OPEN)
    secret, addresses = bytes(cast.round.kept_secret.secret).hex(), [person.email for person in cast.participants()]
    coordinator(cast).post(address(cast), {"name": "Voorjaar"})
    entry = LogEntry.objects.get(action=LogEntry.Action.DELETE, content_type__model="round")
    assert (entry.content_type.model, entry.object_pk) == ("round", str(cast.round.pk))
    assert (entry.actor, "Voorjaar" in entry.object_repr) == (cast.coordinator, True)
    kept = str(list(LogEntry.objects.values()))
    assert not [word for word in (secret, "Meer tijd", *addresses) if word in kept]


# The page


@pytest.mark.parametrize(
    ("state", "said", "not_said"),
    [
        (State.CONCEPT, ["Niemand heeft nog een uitnodiging gekregen"], ["Typ de naam", "uitkomsten"]),
        (State.OPEN, ["10 uitgenodigd", "Alle antwoorden", "en de open links", "Typ de naam"], ["Alle uitkomsten"]),
        (State.CLOSED, ["10 uitgenodigd", "Alle uitkomsten", "1 verbeteractie bij", "Typ de naam"], ["links"]),
    ],
)
def test_the_page_says_what_is_lost_and_looking_at_it_takes_nothing_away(coordinator, db, state, said, not_said):
    cast = brought_to(state)
    before = rows()
    page = coordinator(cast).get(address(cast))
    main = text_of(page, "main")
    assert [text for text in said if text not in main] == []
    assert [text for text in not_said if text in main] == []
    assert texts(page, "main .utrecht-button--danger") == ["Ronde verwijderen"]
    assert rows() == before


@pytest.mark.parametrize("state", THROWN_AWAY)
def test_who_goes_on_comes_to_the_network_and_reads_that_it_is_done(coordinator, db, state):
    cast = brought_to(state)
    after = coordinator(cast).post(address(cast), {"name": " voorjaar"}, follow=True)
    assert after.redirect_chain == [(reverse("network", args=[cast.network.pk]), 302)]
    assert texts(after, MESSAGES) == ["De ronde ‘Voorjaar’ is verwijderd."]
    assert coordinator(cast).post(address(cast), {"name": "Voorjaar"}).status_code == 404


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_without_the_right_name_nothing_goes(coordinator, db, state):
    cast = brought_to(state)
    for typed in ({}, {"name": ""}, {"name": "Najaar"}):
        assert coordinator(cast).post(address(cast), typed).status_code == 200
    assert Round.objects.filter(pk=cast.round.pk).exists()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.ARCHIVED])
def test_a_published_round_says_that_it_stays(coordinator, db, state):
    cast = brought_to(state)
    for method in ("get", "post"):
        page = getattr(coordinator(cast), method)(address(cast), {"name": "Voorjaar"}, follow=True).content.decode()
        assert texts(page, MESSAGES) == ["Deze ronde is gepubliceerd. U kunt die niet meer verwijderen."]
    assert address(cast) not in page


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_the_page_of_the_round_leads_there(coordinator, db, state):
    cast = brought_to(state)
    assert address(cast) in links(coordinator(cast).get(reverse("round", args=[cast.round.pk])))


@pytest.mark.parametrize("state", THROWN_AWAY)
def test_for_all_others_there_is_no_such_page(client, db, state):
    cast = brought_to(state)
    others = [cast.reader, cast.researcher, cast.stranger]
    others.append(User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer"))
    others.append(User.objects.create_user("buiten@example.org", PASSWORD, name="Ada", is_researcher=True))
    for user in others:
        client.force_login(user)
        assert client.get(address(cast)).status_code == 404
        assert client.post(address(cast), {"name": "Voorjaar"}).status_code == 404
    client.logout()
    assert text_of(client.post(address(cast), {"name": "Voorjaar"}), "h1") == "Inloggen"
    assert Round.objects.filter(pk=cast.round.pk).exists()
    assert cast.network.memberships.filter(role=Role.COORDINATOR).count() == 1


# What was under way


def opened():
    Round.objects.update(state=State.OPEN, opened_at=timezone.now(), closes_on=timezone.localdate())


def published():
    Round.objects.update(state=State.PUBLISHED)


@pytest.mark.parametrize(("state", "act"), [(State.CONCEPT, opened), (State.CLOSED, published)])
def test_a_round_that_a_colleague_opened_or_published_meanwhile_stays(coordinator, db, state, act):
    cast = brought_to(state)
    browser = coordinator(cast)
    with before_the_write(act):
        page = browser.post(address(cast), {"name": "Voorjaar"}, follow=True)
    said = "Een collega opende, sloot of publiceerde deze ronde net. Er is niets verwijderd."
    assert texts(page, MESSAGES) == [said]
    assert Round.objects.filter(pk=cast.round.pk).exists()


@pytest.mark.parametrize(
    ("state", "name", "fields"),
    [
        (State.OPEN, "round_close", {"name": "Voorjaar"}),
        (State.OPEN, "ouders_link", {}),
        (State.CLOSED, "round_publish", {"meelezers": "on"}),
        (State.CLOSED, "improvement_new", {"what": "Vaker bellen"}),
    ],
)
def test_a_colleague_who_was_about_to_do_something_with_it_reads_that_it_is_gone(coordinator, db, state, name, fields):
    cast = brought_to(state)
    browser = coordinator(cast)
    with before_the_write(lambda: Round.objects.all().delete()):
        after = browser.post(reverse(name, args=[cast.round.pk]), fields)
    assert after.status_code == 404
    assert texts(after, "h1") == ["Deze pagina is er niet"]


def test_a_link_of_it_leads_nowhere_and_says_why(client, db):
    cast = brought_to(State.OPEN)
    token = link_token(cast.participants()[0].pk)
    discard_round(round_id=cast.round.pk)
    for answer in (
        client.get(reverse("welcome", args=[token])),
        client.post(reverse("save", args=[token]), {"VG1": 3}),
    ):
        assert answer.status_code == 404
        assert "de coördinator de ronde heeft verwijderd" in text_of(answer, "main p")


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_while_the_round_goes_is_not_kept(client):
    cast = build_cast()
    token = link_token(cast.participants()[0].pk)
    with meanwhile(lambda: discard_round(round_id=cast.round.pk)):
        assert client.post(reverse("save", args=[token]), {"VG1": 3}).status_code == 404
    assert not Response.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_jobs_of_a_removed_round_end_quietly(settings, caplog):
    cast = brought_to(State.CLOSED)
    round_id, partner = str(cast.round.pk), cast.partners["school"]
    make_reports.enqueue(round_id)
    make_report.enqueue(round_id, "netwerk")
    mail.send_round_mail.enqueue(round_id)
    mail.send_test_mail_now.enqueue(round_id, cast.coordinator.pk)
    send_partner_message.enqueue(round_id, partner.pk)
    discard_round(round_id=cast.round.pk)
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    jobs = DBTaskResult.objects.filter(task_path__in=[job.task_path for job in DBTaskResult.objects.all()])
    assert set(jobs.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}
    assert jobs.count() >= 5
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_being_made_of_it_is_not_kept(caplog):
    cast = brought_to(State.CLOSED)
    ReportFile.objects.all().delete()
    with meanwhile(lambda: discard_round(round_id=cast.round.pk)):
        make_report.call(str(cast.round.pk), "samenvatting")
    assert ReportFile.objects.count() == 0
    assert "report_not_made" not in caplog.text


def test_what_was_due_for_it_is_passed_over_without_a_fault(db, caplog):
    cast = brought_to(State.OPEN)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    with before_the_write(lambda: Round.objects.filter(pk=cast.round.pk).delete()):
        do_what_is_due()
    assert not Round.objects.exists()
    assert "failed" not in caplog.text


# In a browser


@pytest.mark.django_db(transaction=True)
def test_its_button_removes_a_round_in_each_state(live_server, walk, new_context):
    for state in THROWN_AWAY:
        cast = brought_to(state)
        somebody = new_context().new_page()
        if state == State.OPEN:
            begin_filling_in(somebody, live_server, cast)
        sign_in(walk.page, live_server, cast.coordinator.email)
        remove_by_its_button(walk, cast, state)
        if state == State.OPEN:
            reads_that_the_link_leads_nowhere(somebody)
        Network.objects.all().delete()
        User.objects.all().delete()
        walk.page.context.clear_cookies()


def remove_by_its_button(walk, cast, state):
    page = walk.page
    walk.visit(address(cast))
    if state != State.CONCEPT:
        page.get_by_label("Typ de naam van de ronde").fill("Voorjaar")
    follow(page, page.get_by_role("button", name="Ronde verwijderen"))
    expect(page.locator(MESSAGES)).to_have_text("De ronde ‘Voorjaar’ is verwijderd.")
    walk.look()
    assert (Participant.objects.count(), OpenAnswer.objects.count()) == (0, 0)


def begin_filling_in(page, live_server, cast):
    person = Participant.objects.create(
        round=cast.round, partner=cast.partners["school"], level="uitvoerend", email="anna@example.org"
    )
    page.goto(f"{live_server.url}{reverse('questions', args=[link_token(person.pk), 1])}")


def reads_that_the_link_leads_nowhere(page):
    """Whoever was filling in reads so at the next click, and nothing stays in the browser."""
    page.locator("input[name=VG2][value='5']").check()
    expect(page.get_by_role("heading", name="Deze link werkt niet")).to_be_visible()
    page.wait_for_function("() => !localStorage.length")
