"""Every address of the site, asked for as every role, answers as the table of rights says."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from assessments.access import RIGHTS
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import (
    Message,
    ReaderGroup,
    Role,
    Round,
)
from samenwerking.accounts.models import User
from tests.addresses import ONLY_WRITES, address, arguments, takes
from tests.cast import PASSWORD, build_cast
from tests.html import elements, text_of

PUBLIC, SIGNED_IN, BY_LINK, MAKER = "public", "signed in", "by link", "makes networks"
BY_REPORT_LINK = "by a link to a report"
BY_TOKEN = "by an API token"
BY_NO_ACCOUNT = (PUBLIC, BY_LINK, BY_REPORT_LINK, BY_TOKEN)

# The right that each page needs; an address that is not in this table fails the test.
NEEDED = {
    PUBLIC: "start code privacy accessibility manual alive ready working secrets robots security_txt instrument factor"
    " outcome ouders sources source lenses lens advice_bank advice conversation questionnaire_pdf statements_csv"
    " instrument_json method codebook codebook_csv api_root api_openapi_json api_openapi_yaml"
    " isms works_council",
    BY_LINK: "welcome begin start_over level questions save review thanks own_answers_pdf opt_out rejoin"
    " no_reminders wrong_person"
    " participant_report_pdf participant_report_data participant_report_xlsx participant_report participant_report_pptx"
    " participant_report_docx participant_report_interview participant_report_interview_pdf"
    " participant_report_lenses participant_report_agreements",
    # That they open one report and no more is in `tests/assessments/views/readers/test_pages.py`.
    BY_REPORT_LINK: "reader_report reader_report_pdf reader_report_agreements",
    # That a token reads what its owner may take along is in `tests/assessments/views/api/test_resources.py`.
    # That "metrics" asks for a token of the installation's own is in `tests/assessments/views/test_metrics.py`.
    BY_TOKEN: "metrics api_instruments api_instrument api_rounds api_round api_results api_releases api_release",
    # They list the networks, or the tokens, of whoever asks; the tests of those pages check that.
    SIGNED_IN: "overview research api_tokens api_token_withdraw"
    # Who reads which of these is in `tests/assessments/views/research/test_releases.py`.
    " release release_tables release_tables_pdf release_tables_xlsx release_bundle release_new"
    # Who takes these along is in `tests/assessments/views/papers/test_pages.py`.
    " papers dpia_pdf dpia_json",
    # A right of the account, which the beheerder gives.
    MAKER: "network_new",
    "run": "network network_edit partner_new partner_edit partner_kinds partner_merge partner_remove"
    " colleague_invite colleague_invite_again"
    " colleague_remove colleague_role network_remove round_new"
    " round round_setup round_remove round_open round_extend round_close open_answers round_publish round_archive"
    " research_leave round_reference questionnaire_preview participants participant_new participants_file"
    " participants_preview"
    " participants_add participants_template participants_xlsx participants_change participants_undo"
    " participants_remove"
    " participant_edit participant_remove round_mail mail_try_again message_bounced messages_bounced mail_arrived"
    " participant_invite_again participant_ask mail_plan mail_remind mail_contact mail_invite"
    " job_titles job_title_new job_title_edit job_title_remove"
    " improvements improvement_new improvement_edit improvement_remove"
    " addresses_erase meeting meeting_plan meeting_edit meeting_cancel"
    " invitation_preview ouders_link partner_messages open_links open_link_edit open_link_sheet"
    " report_links report_link_withdraw network_keeping network_keep round_keeping"
    " network_export network_file network_trail network_trail_csv",
    "read_report": "report report_pdf report_data report_xlsx report_pptx report_docx report_interview"
    " report_interview_pdf report_lenses report_agreements reports reports_make",
    "attend": "meeting_ics",
    "leave": "network_leave",
    "download_data": "round_figures_csv round_figures_sav round_figures_xlsx",
}
# A page answers to GET and HEAD; one with a form to POST too, and one that only writes to nothing but POST.
WITH_A_FORM = set(
    "release_new code level questions review opt_out no_reminders wrong_person network_new network_edit partner_new"
    " partner_edit"
    " partner_kinds partner_merge partner_remove colleague_invite colleague_remove colleague_role"
    " network_leave network_remove round_new"
    " round_setup round_remove round_open round_extend"
    " round_close open_answers round_publish round_archive research_leave round_reference participant_new"
    " participants_file"
    " participants_preview participants_change participants_remove participant_edit participant_remove messages_bounced"
    " job_title_new job_title_edit job_title_remove"
    " improvement_new improvement_edit improvement_remove invitation_preview ouders_link partner_messages"
    " open_links open_link_edit report_links report_link_withdraw api_tokens api_token_withdraw"
    " network_keeping round_keeping"
    " addresses_erase meeting_plan meeting_edit meeting_cancel mail_plan mail_remind mail_contact mail_invite".split()
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}

NEEDED_BY_NAME = {name: right for right, names in NEEDED.items() for name in names.split()}

# Making these takes seconds. Of the roles that may, one is tried; of those that may not, all.
SLOW = {
    "release_tables_pdf",
    "round_figures_sav",
    "round_figures_xlsx",
    "report_interview_pdf",
    "participant_report_interview_pdf",
}
# That these open for who may is in `tests/assessments/views/reports/test_pages.py`.
SLOWER = {"report_pdf", "report_docx", "report_pptx"}
SLOWER |= {"participant_report_pdf", "participant_report_docx", "participant_report_pptx"}
# `outsider` is an onderzoeker whom the beheerder made one, without a role in the network; its round takes part.
ROLES = ["anonymous", *Role.values, "outsider", "stranger", "admin"]

# Who reads the report when: `participant` is whoever has a link, the others have an account.
MEMBERS = {"coordinator", "reader", "researcher", "outsider"}
READ_BY = {
    "closed": {"coordinator"},
    "deelnemers": {"coordinator", "participant"},
    "meelezers": {"coordinator", "reader"},
    "onderzoekers": {"coordinator", "researcher", "outsider"},
    "everybody": {*MEMBERS, "participant"},
    "archived": {*MEMBERS, "participant"},
}
READING = ("read_report", "attend", "download_data")
MAKERS = {"coordinator", "stranger", "admin"}


def addresses(resolver=None):
    """Yields the names of all our own addresses; sign-in and the admin come from packages, see below."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith(("account/", "beheer/")):
                yield from addresses(pattern)
        elif pattern.name and not str(pattern.pattern).startswith("account/"):
            yield pattern.name


OURS = sorted(set(addresses()))


def test_every_address_says_what_it_takes_to_come_there():
    assert set(OURS) == set(NEEDED_BY_NAME)


def test_every_address_refuses_the_methods_that_it_is_not_for(client, cast):
    """An address refuses a wrong method before it looks whether somebody may come there, and whether it exists."""
    known = arguments(cast) | {"key": "kennis", "number": 1}
    statuses = {}
    for role in ("anonymous", "coordinator"):
        sign_in(client, cast, role)
        statuses |= {
            (role, name, method): client.generic(method, address(name, known)).status_code
            for name in OURS
            for method in METHODS - methods_of(name)
        }
    assert {asked for asked, status in statuses.items() if status != 405} == set()


def test_an_address_that_only_writes_says_so_to_whoever_opens_it(client, cast):
    known = arguments(cast)
    client.force_login(cast.coordinator)
    for name in ONLY_WRITES:
        answer = client.get(address(name, known))
        assert (answer.status_code, text_of(answer, "h1"), answer["Allow"]) == (405, "Hier is geen pagina", "POST")


def methods_of(name):
    if name in ONLY_WRITES:
        return {"POST"}
    return {"GET", "HEAD", "POST"} if name in WITH_A_FORM else {"GET", "HEAD"}


def test_a_page_for_whoever_signed_in_answers_to_the_methods_that_it_is_for(client, cast):
    """Whoever has not signed in is asked to sign in: there is no other answer, and nothing is written."""
    known = arguments(cast)
    by_account = {name for name, needed in NEEDED_BY_NAME.items() if needed not in BY_NO_ACCOUNT}
    answers = {
        (name, method): client.generic(method, address(name, known))
        for name in by_account
        for method in methods_of(name)
    }
    assert [asked for asked, answer in answers.items() if not asks_to_sign_in(answer, asked[1])] == []


def asks_to_sign_in(answer, method):
    """A form that was sent is answered with the page to sign in itself: it says that nothing was done."""
    if method == "POST":
        return answer.status_code == 403 and len(elements(answer, "form [name=login]")) == 1
    return answer.status_code == 302 and answer.url.startswith("/account/login/")


def test_no_page_for_whoever_signed_in_opens_without_a_second_step(client, cast, settings):
    """Neither does the admin; what is public stays open, and so does the page that sets the second step up."""
    settings.STAFF_NEEDS_SECOND_STEP = True
    known = arguments(cast)
    by_account = {name for name, needed in NEEDED_BY_NAME.items() if needed not in BY_NO_ACCOUNT}
    for user in (cast.coordinator, cast.reader, cast.researcher, cast.admin):
        client.force_login(user)
        answers = {
            (name, method): client.generic(method, address(name, known))
            for name in by_account
            for method in methods_of(name) - {"HEAD"}
        }
        answers["beheer", "GET"] = (
            client.get(reverse("admin:index")) if user == cast.admin else answers["overview", "GET"]
        )
        assert {asked: answer.status_code for asked, answer in answers.items() if answer.status_code != 403} == {}
        assert reverse("mfa_activate_totp") in answers["overview", "GET"].content.decode()
        assert client.get(reverse("method")).status_code == client.get(reverse("mfa_index")).status_code == 200
    TOTP.activate(cast.coordinator, "JBSWY3DPEHPK3PXP")
    client.force_login(cast.coordinator)
    assert client.get(reverse("overview")).status_code == 200


@pytest.fixture
def cast(db):
    cast = build_cast()
    cast.admin = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    cast.outsider = User.objects.create_user("outsider@example.org", PASSWORD, name="Ada", is_researcher=True)
    return cast


def sign_in(client, cast, role):
    client.logout()
    if role != "anonymous":
        client.force_login(getattr(cast, role))


@pytest.fixture
def closed(cast):
    """Returns the cast after its round was filled in and closed; `known` has what is in addresses."""
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1)
    cast.known = arguments(cast)
    close_round(round_id=cast.round.pk)
    return cast


def each_state(cast):
    """Brings the closed round into each state in turn and yields that state; after it all is as it was."""
    for state in READ_BY:
        cache.clear()
        with transaction.atomic():
            if state != "closed":
                publish_round(round_id=cast.round.pk, **({"readers": [state]} if state in ReaderGroup else {}))
            if state == "archived":
                archive_round(round_id=cast.round.pk)
            yield state
            transaction.set_rollback(True)


def may(role, needed, state):
    rights = RIGHTS.get("researcher" if role == "outsider" else role, frozenset())
    if needed in READING:
        return needed in rights and role in READ_BY[state]
    if needed == MAKER:
        return role in MAKERS
    return needed in rights and role != "outsider"


def test_a_page_of_a_network_is_there_for_who_may_and_for_nobody_else(client, closed):
    """Those that read are asked for in each state, and all others once: their loader looks at no state."""
    faults = []
    for state in each_state(closed):
        for role in ROLES:
            sign_in(client, closed, role)
            for name, needed in NEEDED_BY_NAME.items():
                always = state == "everybody" or (role, state) == ("coordinator", "closed")
                if needed in (*BY_NO_ACCOUNT, SIGNED_IN) or not (always or needed in READING):
                    continue
                is_there = may(role, needed, state)
                if is_there and (name in SLOWER or (name in SLOW and (role, state) != ("researcher", "everybody"))):
                    continue
                found = look(client, role, name, address(name, closed.known), is_there=is_there)
                faults += [(state, role, name, fault) for fault in found]
        if Round.objects.get(pk=closed.round.pk).name != "Voorjaar":
            faults.append((state, "somebody changed the round"))
    assert faults == []


def look(client, role, name, url, *, is_there):
    """Yields what is wrong with how a page answers the methods that it is for; to any other it says 405, as above."""
    if is_there:
        status = client.get(url).status_code
        if (status == 405) != (name in ONLY_WRITES) or (status == 404 and name not in GONE_ONCE_CLOSED):
            yield status
        return
    for method in methods_of(name) - {"HEAD"}:
        fields = {"name": "Anders", **dict.fromkeys(ReaderGroup.values, "on")} if method == "POST" else {}
        response = getattr(client, method.lower())(url, fields)
        if role == "anonymous":
            if not asks_to_sign_in(response, method):
                yield method, response.status_code
        elif response.status_code != 404:
            yield method, response.status_code


def test_a_link_leads_to_a_report_once_it_is_published_to_participants(client, closed):
    pages = [name for name in NEEDED_BY_NAME if name.startswith("participant_report")]
    assert len(pages) == 10
    faults = []
    for state in each_state(closed):
        reads = "participant" in READ_BY[state]
        for name in pages:
            if reads and (name in SLOWER or (name in SLOW and state != "deelnemers")):
                continue
            if client.get(address(name, closed.known)).status_code != (200 if reads else 404):
                faults.append((state, name))
        first = client.get(address("welcome", closed.known)).content.decode()
        if {address("participant_report", closed.known) in first, "De uitkomsten zijn er" in first} != {reads}:
            faults.append((state, "welcome"))
    assert faults == []


def test_a_list_names_a_round_to_who_may_open_it(client, closed):
    faults = []
    for state in each_state(closed):
        for role in MEMBERS | {"stranger", "admin"}:
            sign_in(client, closed, role)
            reads = role in READ_BY[state]
            listed = address("report", closed.known).encode() in client.get(address("overview", {})).content
            if role != "coordinator" and listed != (reads and role in ("reader", "researcher")):
                faults.append((state, role, "overview"))
            if role in ("researcher", "outsider"):
                if (b"Voorjaar" in client.get(address("research", {})).content) != reads:
                    faults.append((state, role, "research"))
            elif b"Voorjaar" in client.get(address("research", {})).content:
                faults.append((state, role, "research"))
    assert faults == []


# Nobody can be added any more, so these pages are not there, for the coördinator either.
GONE_ONCE_CLOSED = {
    "participant_new",
    "participants_file",
    "participants_preview",
    "participants_add",
    "participants_template",
    "participant_edit",
    "participants_change",
    "participants_undo",
    "participants_remove",
    "participant_ask",
    "participant_remove",
    "participant_invite_again",
    "message_bounced",
}


def test_while_a_round_is_open_only_who_runs_it_comes_to_its_pages(client, cast):
    known = arguments(cast)
    expected = {role: {404, 405} for role in ROLES} | {"coordinator": {200, 302, 405}, "anonymous": {302, 405}}
    faults = []
    for role in ROLES:
        sign_in(client, cast, role)
        for name, needed in NEEDED_BY_NAME.items():
            if needed == "run":
                status = client.get(address(name, known)).status_code
                if status not in expected[role]:
                    faults.append((role, name, status))
    assert faults == []


def test_a_round_of_another_network_does_not_exist_even_with_an_object_of_ones_own(client, cast):
    """The network's or round's id in the address is another's; the partner's or participant's id is one's own."""
    own = build_own(cast)
    client.force_login(cast.stranger)
    known = arguments(cast)
    for name, needed in NEEDED_BY_NAME.items():
        if needed == "run":
            for mixed in ({**known, **own["inside"]}, {**known, **own["outside"]}):
                if set(takes(name)) - {"network_id", "round_id", "step", "kind"}:
                    assert client.get(address(name, mixed)).status_code in (404, 405), name


def build_own(cast):
    """Returns ids of a network and round of the stranger: `inside` its own ids, `outside` those of objects in it."""
    network = cast.stranger.memberships.get().network
    round = Round.objects.create(network=network, name="Eigen", instrument_version=cast.round.instrument_version)
    return {
        "inside": {"network_id": network.pk, "round_id": round.pk},
        "outside": {"membership_id": cast.stranger.memberships.get().pk},
    }


def test_pages_for_whoever_signed_in_ask_to_sign_in(client, cast):
    faults, known = [], arguments(cast)
    for role in ROLES:
        sign_in(client, cast, role)
        for name, needed in NEEDED_BY_NAME.items():
            if needed == SIGNED_IN and (name not in SLOW or role in ("anonymous", "researcher")):
                response = client.get(address(name, known))
                if (response.status_code == 302) != (role == "anonymous"):
                    faults.append((role, name, response.status_code))
                if b"Netwerk Oost" in response.content and role not in Role.values:
                    faults.append((role, name, "names the network"))
    assert faults == []


def test_the_admin_is_for_the_beheerder_and_has_no_answers(client, cast):
    statuses = {}
    for role in ROLES:
        sign_in(client, cast, role)
        statuses[role] = client.get("/beheer/").status_code
    assert {role for role, status in statuses.items() if status == 200} == {"admin"}
    sign_in(client, cast, "admin")
    page = client.get("/beheer/").content.decode()
    for word in ("response", "openanswer", "participant", "message", "frozenresults"):
        assert f"/beheer/assessments/{word}/" not in page


def test_a_link_leads_to_its_own_participant_and_a_changed_one_to_nobody(client, cast):
    token = link_token(cast.participants()[0].pk)
    assert client.get(reverse("welcome", args=[token])).status_code == 200
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[1:], token + "A", "x" * 43):
        assert client.get(reverse("welcome", args=[wrong])).status_code == 404


def test_the_audit_trail_keeps_what_is_done_to_a_round_but_no_secret_no_address_and_no_answer(cast):
    from auditlog.models import LogEntry
    from auditlog.registry import auditlog

    from assessments.models import OpenAnswer, Participant, Response, RoundSecret

    secret = bytes(cast.round.kept_secret.secret)
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    kept = str(list(LogEntry.objects.values()))
    assert "gesloten" in kept
    assert "secret" not in kept
    assert secret.hex() not in kept
    assert not [address for address in Participant.objects.values_list("email", flat=True) if address in kept]
    assert {Participant, Response, RoundSecret, OpenAnswer, Message}.isdisjoint(auditlog.get_models())


def test_a_page_of_a_coordinator_does_not_fetch_the_instruments_document(db, client):
    cast = build_cast()
    client.force_login(cast.coordinator)
    client.get(reverse("round", args=[cast.round.pk]))  # it is read once a process
    for name in ("round", "participants", "round_mail"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=[cast.round.pk])).status_code == 200
        assert [query["sql"] for query in asked if '"document"' in query["sql"]] == []
