"""At which level people with a job title stand: asked once, kept for the network, seen and changed on a page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.actions.job_titles import set_levels
from assessments.imports.job_titles import USUAL, USUAL_LEVELS, levels_with, simple
from assessments.models import JobTitleLevel, Level, Participant, Round
from tests.cast import build_cast
from tests.html import BUTTONS, FAULTS, elements, text_of, texts, value_of

HEADER = "e-mail;partner;niveau;functie\n"


@pytest.fixture
def cast(db):
    return build_cast(is_open=False)


def send(client, cast, rows, round=None):
    address = reverse("participants_file", args=[(round or cast.round).pk])
    file = SimpleUploadedFile("lijst.csv", (HEADER + rows).encode())
    return client.post(address, {"file": file}, follow=True).content.decode()


def answer(client, cast, round=None, **fields):
    address = reverse("participants_preview", args=[(round or cast.round).pk])
    return client.post(address, {"formulier": "betekenis"} | fields, follow=True).content.decode()


def table(cast):
    return dict(cast.network.job_title_levels.values_list("job_title", "level"))


def page(client, cast):
    return client.get(reverse("job_titles", args=[cast.network.pk])).content.decode()


# Pure


def test_what_is_usual_is_at_known_levels_and_each_job_title_at_one():
    assert set(USUAL) == set(Level.values)
    assert sum(map(len, USUAL.values())) == len(USUAL_LEVELS)
    assert "" not in USUAL_LEVELS


def test_the_networks_own_table_goes_before_what_is_usual():
    levels = levels_with({"directeur": "bestuur", "knutseljuf": "uitvoerend"})
    assert levels["directeur"] == "bestuur"
    assert levels["knutseljuf"] == "uitvoerend"
    assert levels["wethouder"] == "bestuur"
    assert USUAL_LEVELS["directeur"] == "management"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IB'er", "ib-er"),
        ("Zorgcoördinator", "zorgcoordinator "),
        ("Directeur–bestuurder", "directeur bestuurder"),
        ("Façademanager", "facademanager"),
        ("مدير", "مدير "),
    ],
)
def test_capitals_accents_and_signs_make_no_other_job_title(one, other):
    assert simple(one) == simple(other) != ""


# In a list


def test_a_job_title_is_asked_once_and_its_level_holds_for_the_next_list_of_the_network(coordinator, cast):
    shown = send(coordinator, cast, "a@b.nl;School;;Knutseljuf\nc@b.nl;School;;KNUTSELJUF")
    assert "Deze functies kennen wij niet" in text_of(shown, "main form > p")
    shown = answer(coordinator, cast, **{"functie-0": "uitvoerend"})
    assert "2 deelnemers toevoegen" in texts(shown, BUTTONS)
    assert table(cast) == {"Knutseljuf": "uitvoerend"}
    later = Round.objects.create(network=cast.network, name="Later", instrument_version=cast.round.instrument_version)
    shown = send(coordinator, cast, "d@b.nl;School;;knutsel-juf\ne@b.nl;School;;Knutseljuf", later)
    assert "Deze functies kennen wij niet" in text_of(shown, "main form > p")  # two words are another job title
    shown = send(coordinator, cast, "e@b.nl;School;;knutseljuf", later)
    assert "Deze functies kennen wij niet" not in shown
    assert "1 deelnemer toevoegen" in texts(shown, BUTTONS)


def test_a_list_that_is_read_again_asks_nothing_twice(coordinator, cast):
    rows = "a@b.nl;Wijkteam;;Knutseljuf\n"
    send(coordinator, cast, rows + "kapot;School;bestuur;")
    answer(coordinator, cast, **{"partner-0": "nieuw", "functie-0": "management"})
    assert "1 deelnemer toevoegen" in texts(send(coordinator, cast, rows), BUTTONS)


def test_what_is_usual_is_kept_only_where_the_coordinator_says_otherwise(coordinator, cast):
    shown = send(coordinator, cast, "a@b.nl;School;;Directeur\nc@b.nl;School;;Leraar")
    assert "Functies die wij al kennen (2)" in texts(shown, "main summary")
    answer(coordinator, cast, **{"functie-0": "bestuur", "functie-1": "uitvoerend"})
    assert table(cast) == {"Directeur": "bestuur"}
    coordinator.post(reverse("participants_add", args=[cast.round.pk]))
    assert Participant.objects.get(email="a@b.nl").level == "bestuur"
    assert Participant.objects.get(email="c@b.nl").level == "uitvoerend"


def test_a_list_that_was_changed_in_another_window_takes_no_answers_to_the_old_one(coordinator, cast):
    shown = send(coordinator, cast, "a@b.nl;School;;Knutseljuf")
    asked = re.search(r'name="gevraagd" value="(\w+)"', shown)[1]
    send(coordinator, cast, "a@b.nl;School;;Tuinman")
    shown = answer(coordinator, cast, **{"gevraagd": asked, "functie-0": "uitvoerend"})
    assert "De lijst is intussen gewijzigd" in text_of(shown, FAULTS)
    assert table(cast) == {}


def test_what_was_chosen_is_kept_while_the_rest_is_still_to_be_chosen(coordinator, cast):
    send(coordinator, cast, "a@b.nl;Club;;Knutseljuf\nc@b.nl;Bond;;Tuinman")
    chosen = {"partner-0": "-", "partner-1": "nieuw", "functie-0": "uitvoerend", "functie-1": "-"}
    shown = answer(coordinator, cast, **chosen)
    assert table(cast) == {"Knutseljuf": "uitvoerend"}
    assert value_of(shown, "partner-1") == "nieuw"
    assert "1 rij wacht op uw keuze hieronder." in texts(shown, "main li")


def test_a_column_of_names_taken_for_job_titles_asks_fifty_at_a_time(coordinator, cast):
    rows = "".join(f"p{n}@b.nl;Partij {n};;Iemand {n}\n" for n in range(300))
    shown = send(coordinator, cast, rows)
    assert len(elements(shown, "main [name^=partner-]")) == 50
    assert len(elements(shown, "main [name^=functie-]")) == 50 * 3  # a button for each level
    assert text_of(shown, "main form > p").count("er zijn er nog 250") == 2


# On the page


def test_the_page_begins_empty_with_how_to_begin_and_what_is_usual(coordinator, cast):
    shown = page(coordinator, cast)
    assert "U legde nog niets vast" in text_of(shown, "main > p")
    assert "zorgcoördinator" in text_of(shown, ".facts dd")


def test_a_job_title_is_added_changed_and_removed_after_a_question(coordinator, cast):
    new = reverse("job_title_new", args=[cast.network.pk])
    coordinator.post(new, {"job_title": "Zorgcoördinator", "level": "management"})
    row = JobTitleLevel.objects.get()
    shown = page(coordinator, cast)
    assert "zorgcoördinator" not in shown  # it is no longer what is usual here
    edit = reverse("job_title_edit", args=[cast.network.pk, row.pk])
    assert texts(shown, f"main a[href='{edit}']") == ["Zorgcoördinator wijzigen"]
    coordinator.post(edit, {"level": "bestuur"})
    assert table(cast) == {"Zorgcoördinator": "bestuur"}
    remove = reverse("job_title_remove", args=[cast.network.pk, row.pk])
    assert "Daarna geldt weer wat gebruikelijk is: het niveau uitvoerend" in text_of(
        coordinator.get(remove), "main > p"
    )
    assert table(cast)
    for _ in range(2):  # the second click finds nothing left to do
        assert coordinator.post(remove).url == reverse("job_titles", args=[cast.network.pk])
    assert table(cast) == {}


@pytest.mark.parametrize(
    ("job_title", "sentence"),
    [("", "Dit veld is verplicht"), ("???", "een functie in met letters"), ("KNUTSEL JUF", "staat al in de lijst")],
)
def test_what_can_be_no_new_job_title_is_refused_in_words(coordinator, cast, job_title, sentence):
    set_levels(network_id=cast.network.pk, levels={"Knutsel-juf": "uitvoerend"})
    fields = {"job_title": job_title, "level": "bestuur"}
    shown = coordinator.post(reverse("job_title_new", args=[cast.network.pk]), fields).content.decode()
    assert sentence in text_of(shown, FAULTS)
    assert table(cast) == {"Knutsel-juf": "uitvoerend"}


def test_people_who_take_part_keep_their_level(coordinator, cast):
    Participant.objects.update(job_title="Knutseljuf")
    before = list(Participant.objects.order_by("pk").values_list("pk", "level"))
    set_levels(network_id=cast.network.pk, levels={"Knutseljuf": "bestuur"})
    assert list(Participant.objects.order_by("pk").values_list("pk", "level")) == before


def test_the_table_of_a_network_is_its_own(coordinator, cast):
    other = cast.stranger.memberships.get().network
    set_levels(network_id=other.pk, levels={"Knutseljuf": "bestuur", "Directeur": "bestuur"})
    assert "Knutseljuf" not in page(coordinator, cast)
    shown = send(coordinator, cast, "a@b.nl;School;;Knutseljuf\nc@b.nl;School;;Directeur")
    assert "Deze functies kennen wij niet" in text_of(shown, "main form > p")
    assert "management" in texts(shown, "main td")
    row = JobTitleLevel.objects.filter(network=other).first()
    for name in ("job_title_edit", "job_title_remove"):
        assert coordinator.get(reverse(name, args=[cast.network.pk, row.pk])).status_code == 404
