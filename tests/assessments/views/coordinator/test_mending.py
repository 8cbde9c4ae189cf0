"""A list is mended on its page: rows edited or skipped, names joined, another sheet or other signs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import Participant, ParticipantFile
from tests import lists
from tests.cast import build_cast
from tests.html import BUTTONS, FAULTS, MESSAGES, elements, links, text_of, texts, value_of
from tests.lists import HEADER
from tests.pages import Walker

MEND, COLUMNS, READING = (f"form:has([value={name}])" for name in ("betekenis", "kolommen", "lezen"))
PERSON = ["ib1@school.nl", "School", "uitvoerend", "ib'er"]


@pytest.fixture
def cast(db):
    return build_cast(is_open=False)


@pytest.fixture
def walker(coordinator, cast):
    walker = Walker(coordinator)
    walker.address = reverse("participants_file", args=[cast.round.pk])
    walker.visit(walker.address)
    return walker


def upload(walker, content):
    walker.visit(walker.address)
    walker.send("form:has([name=file])", file=SimpleUploadedFile("lijst", content))


def csv(*rows, header=HEADER):
    return lists.by_csv([header, *rows])


def add(walker):
    walker.send("form:has([name=gezien])")


def people(cast):
    rows = cast.round.participants.exclude(email__endswith="@example.org")
    return {row.email: (row.partner.name, row.level, row.job_title) for row in rows.select_related("partner")}


# Rows


def test_a_faulty_row_is_edited_in_place_and_what_was_typed_stays(walker, cast):
    upload(walker, csv(PERSON, ["kapot", "School", "bestuur", ""], ["", "Gemeente", "", "wethouder"]))
    assert "2 rijen kloppen niet." in texts(walker.page, "main li")
    walker.send(MEND, **{"rij-3-email": "nog kapot", "rij-4-email": "MAILTO:Wethouder1@Gemeente.nl"})
    assert value_of(walker.page, "rij-3-email") == "nog kapot"
    assert "1 rij klopt niet." in texts(walker.page, "main li")
    walker.send(MEND, **{"rij-3-email": "bestuur.1@school.nl", "rij-3-job_title": "bestuurder"})
    add(walker)
    assert people(cast) == {
        "ib1@school.nl": ("School", "uitvoerend", "ib'er"),
        "bestuur.1@school.nl": ("School", "bestuur", "bestuurder"),
        "wethouder1@gemeente.nl": ("Gemeente", "bestuur", "wethouder"),
    }


def test_rows_are_skipped_one_by_one_or_all_at_once_and_taken_back(walker, cast):
    upload(walker, csv(PERSON, ["kapot", "School", "bestuur", ""], ["Totaal", "", "", "2"]))
    walker.send(MEND, **{"rij-3-skip": "on"})
    assert {"1 rij slaan wij over.", "1 rij klopt niet."} <= set(texts(walker.page, "main li"))
    walker.send(MEND, doe="overslaan")
    assert "1 deelnemer toevoegen" in texts(walker.page, BUTTONS)
    walker.send(MEND, doe="herstellen")
    assert "2 rijen kloppen niet." in texts(walker.page, "main li")
    walker.visit(reverse("participants_preview", args=[cast.round.pk]) + "?rij=2")
    walker.send(MEND, **{"rij-2-skip": "on", "doe": "overslaan"})
    assert "Er is niets nieuws in deze lijst" in text_of(walker.page, "main > p")


def test_any_row_can_be_opened_to_change_it(walker, cast):
    upload(walker, csv(PERSON))
    assert not elements(walker.page, "[name^=rij-]")
    [link] = links(walker.page, "tbody th a")
    walker.visit(reverse("participants_preview", args=[cast.round.pk]) + link.partition("#")[0])
    walker.send(MEND, **{"rij-2-email": "ib2@school.nl", "rij-2-level": "management"})
    add(walker)
    assert people(cast) == {"ib2@school.nl": ("School", "management", "ib'er")}


def test_exact_doubles_skip_themselves_and_others_name_the_row_before(walker, cast):
    again = [" IB1@School.nl ", "school", "U", "IB-er"]
    upload(walker, csv(PERSON, again, ["<ib1@school.nl>", "Gemeente", "uitvoerend", "ib'er"]))
    assert "Hetzelfde als rij 2." in text_of(walker.page, "td.outlook-cell")
    assert "Dit adres staat ook in rij 2 (School, uitvoerend)." in text_of(walker.page, ".rows-to-mend")


def test_of_an_address_at_two_partners_no_row_is_skipped_but_the_one_that_is_chosen(walker, cast):
    elsewhere = ["ib1@school.nl", "Gemeente", "uitvoerend", "ib'er"]
    upload(walker, csv(PERSON, ["kapot", "School", "bestuur", ""], elsewhere, [*PERSON[:3], "leerkracht"]))
    walker.send(MEND, doe="overslaan")
    assert texts(walker.page, MESSAGES) == [
        "2 rijen worden overgeslagen.",
        "1 adres staat bij twee partners of niveaus. Kies hieronder welke rij u overslaat.",
    ]
    assert texts(walker.page, ".rows-to-mend h3") == ["Rij 2", "Rij 4"]
    assert not elements(walker.page, "[value=overslaan]")
    walker.send(MEND, **{"rij-2-skip": "on"})
    add(walker)
    assert people(cast) == {"ib1@school.nl": ("Gemeente", "uitvoerend", "ib'er")}


def test_a_column_with_names_fills_in_those_that_a_mail_can_greet_with(walker, cast):
    rows = [
        ["a@b.nl", "School", "bestuur", "", "Beleidsmedewerker 1"],
        ["c@b.nl", "School", "bestuur", "", "zie www.kwaad.nl"],
        ["d@b.nl", "School", "bestuur", "", "x" * 101],
        ["e@b.nl", "School", "bestuur", "", ""],
    ]
    upload(walker, csv(*rows, header=[*HEADER, "Naam deelnemer"]))
    assert "In de naam staat een link. Wij nemen die naam niet over." in text_of(walker.page, "td.outlook-cell")
    assert "De naam is langer dan 100 tekens" in text_of(walker.page, "td.outlook-cell")
    assert "Beleidsmedewerker 1" in texts(walker.page, "td[data-head=Naam]")
    add(walker)
    named = dict(cast.round.participants.filter(email__endswith="@b.nl").values_list("email", "name"))
    assert named == {"a@b.nl": "Beleidsmedewerker 1", "c@b.nl": "", "d@b.nl": "", "e@b.nl": ""}
    upload(walker, csv(["a@b.nl", "School", "bestuur", "", "Beleidsmedewerker 2"], header=[*HEADER, "Naam"]))
    assert "Was: Beleidsmedewerker 1." in text_of(walker.page, "td.outlook-cell")
    add(walker)
    assert cast.round.participants.get(email="a@b.nl").name == "Beleidsmedewerker 2"


def test_a_shared_mailbox_is_pointed_to_an_open_link(walker, cast):
    rows = [["info@pip.nl", "School", "uitvoerend", f"medewerker {number}"] for number in (1, 2)]
    upload(walker, csv(*rows, ["Secretariaat@school.nl", "School", "bestuur", ""]))
    walker.send(MEND, **dict.fromkeys(("functie-0", "functie-1"), "uitvoerend"))
    assert "een gedeelde mailbox: daarmee kan één mens meedoen" in text_of(walker.page, ".rows-to-mend")
    assert reverse("open_links", args=[cast.round.pk]) in links(walker.page, ".rows-to-mend a")
    assert text_of(walker.page, "td.outlook-cell").count("Let op: dit lijkt een gedeelde mailbox.") == 2


# Names


def test_two_new_spellings_of_one_organisation_become_one_partner_of_its_kind(walker, cast):
    rows = [[f"ib{n}@regenboog.nl", "OBS De Regenboog", "uitvoerend", ""] for n in range(3)]
    upload(walker, csv(*rows, ["ib9@regenboog.nl", "De Regenbog", "uitvoerend", ""]))
    choices = texts(walker.page, "[name=partner-0] option")
    assert choices[:3] == ["kies", "nieuwe partner toevoegen", "hetzelfde als OBS De Regenboog"]
    walker.send(MEND, **{"partner-0": "=OBS De Regenboog", "partner-1": "=De Regenbog"})
    assert "4 rijen wachten op uw keuze hieronder." in texts(walker.page, "main li")  # each says that it is the other
    walker.send(MEND, **{"partner-0": "=OBS De Regenboog", "partner-1": "nieuw", "soort-1": "schoolbestuur"})
    add(walker)
    [partner] = cast.network.partners.filter(name__contains="Reg")
    assert (partner.name, partner.kind_id, partner.participants.count()) == ("OBS De Regenboog", "schoolbestuur", 4)


def test_a_new_partner_gets_the_kind_that_its_name_tells_unless_another_is_chosen(walker, cast):
    upload(walker, csv(["a@b.nl", "SWV Noord", "bestuur", ""], ["c@b.nl", "Het Pip", "bestuur", ""]))
    assert (value_of(walker.page, "soort-0"), value_of(walker.page, "soort-1")) == ("overig", "samenwerkingsverband")
    walker.send(MEND)
    add(walker)
    kinds = dict(cast.network.partners.values_list("name", "kind"))
    assert (kinds["SWV Noord"], kinds["Het Pip"]) == ("samenwerkingsverband", "overig")


def test_an_unknown_word_for_a_level_is_asked_once_and_kept_for_the_next_list(walker, cast):
    upload(walker, csv(["a@b.nl", "School", "Directie", ""], ["c@b.nl", "School", "directie", ""]))
    assert texts(walker.page, "table:has(#niveaus) td.number") == ["2"]
    walker.send(MEND, **{"niveau-0": "management"})
    assert "2 deelnemers toevoegen" in texts(walker.page, BUTTONS)
    upload(walker, csv(["d@b.nl", "School", "DIRECTIE", ""]))
    assert "1 deelnemer toevoegen" in texts(walker.page, BUTTONS)


def test_a_guess_is_marked_holds_nothing_until_it_is_saved_and_is_kept_then(walker, cast):
    upload(walker, csv(["a@b.nl", "School", "", "Leerkracht groep 6"]))
    assert texts(walker.page, "table:has(#functies) .small") == ["ons voorstel"]
    assert "1 rij wacht op uw keuze hieronder." in texts(walker.page, "main li")
    walker.send(MEND)
    assert "1 deelnemer toevoegen" in texts(walker.page, BUTTONS)
    assert dict(cast.network.job_title_levels.values_list("job_title", "level")) == {"Leerkracht groep 6": "uitvoerend"}


# What holds for all rows


@pytest.mark.parametrize("new", [False, True])
def test_a_list_of_one_organisation_needs_no_column_for_it(walker, cast, new):
    upload(walker, lists.by_csv([["E-mail", "Functie"], ["a@b.nl", "leraar"], ["c@b.nl", ""]]))
    whose = {"new_partner": "Basisschool Oost"} if new else {"everybody": "School"}
    walker.send(COLUMNS, everybodys_level="management", **whose)
    name = "Basisschool Oost" if new else "School"
    if new:
        walker.send(MEND)
    add(walker)
    assert people(cast) == {"a@b.nl": (name, "uitvoerend", "leraar"), "c@b.nl": (name, "management", "")}


def test_pasted_addresses_are_a_list_too(walker, cast):
    walker.send("form:has([name=text])", text="")
    assert "Plak eerst adressen" in text_of(walker.page, FAULTS)
    walker.send("form:has([name=text])", text="Begeleider, 1 <ib1@school.nl>; IB2@school.nl\nzomaar iets")
    walker.send(COLUMNS, everybody="School", everybodys_level="uitvoerend")
    assert "het @-teken ontbreekt" in text_of(walker.page, ".rows-to-mend")
    walker.send(MEND, doe="overslaan")
    add(walker)
    assert set(people(cast)) == {"ib1@school.nl", "ib2@school.nl"}


def test_columns_that_say_nothing_of_partner_or_level_are_asked_for_in_words(walker, cast):
    upload(walker, b"a@b.nl;School;bestuur\n")
    assert "Er staan geen namen boven de kolommen" in text_of(walker.page, "main li")
    walker.send(COLUMNS, partner="")
    assert "bij welke partner alle rijen horen" in text_of(walker.page, FAULTS)
    walker.send(COLUMNS, partner="1", level="2")
    add(walker)
    assert people(cast) == {"a@b.nl": ("School", "bestuur", "")}


# How the file is read


def test_hidden_rows_are_left_out_until_they_are_wanted(walker, cast):
    rows = [HEADER, PERSON, ["ib2@school.nl", "School", "uitvoerend", ""]]
    upload(walker, lists.by_xlsxwriter({"Lijst": rows}, hidden=[3]))
    assert "1 rij is verborgen of weggefilterd (rij 3). Die nemen wij niet mee." in texts(walker.page, "main li")
    assert "1 deelnemer toevoegen" in texts(walker.page, BUTTONS)
    walker.send(READING, with_hidden="on")
    assert "2 deelnemers toevoegen" in texts(walker.page, BUTTONS)


def test_another_sheet_can_be_chosen_and_what_was_mended_in_the_first_is_not_done_to_it(walker, cast):
    other = [HEADER, ["wethouder1@gemeente.nl", "Gemeente", "bestuur", ""]]
    upload(walker, lists.by_odfpy({"Nieuw": other, "Lijst": [HEADER, PERSON, PERSON[:1]]}))
    walker.send(MEND, doe="overslaan")
    walker.send(READING, sheet="Nieuw")
    add(walker)
    assert set(people(cast)) == {"wethouder1@gemeente.nl"}


def test_other_signs_can_be_chosen_and_what_was_mended_stays(walker, cast):
    upload(walker, csv(["kapot", "School", "", "Coördinator"]).decode("utf-8-sig").encode("cp1252"))
    assert "tekens Windows (cp1252)" in text_of(walker.page, "main > p")
    walker.send(MEND, **{"rij-2-email": "a@b.nl"})
    walker.send(READING, encoding="mac_roman")
    assert "Co\u02c6rdinator" in text_of(walker.page, "main td") + text_of(walker.page, "main th")
    walker.send(READING, encoding="cp1252")
    walker.send(MEND, **{"functie-0": "uitvoerend"})
    add(walker)
    assert people(cast) == {"a@b.nl": ("School", "uitvoerend", "Coördinator")}


def test_a_file_that_can_not_be_read_is_a_sentence_beside_its_field(walker, cast):
    upload(walker, b"%PDF-1.7")
    assert "Dit is een PDF" in text_of(walker.page, FAULTS)
    assert not ParticipantFile.objects.exists()
    assert Participant.objects.count() == 10


# Who takes part already


def test_a_corrected_list_changes_people_and_leaves_who_has_sent_where_they_are(db, client):
    cast = build_cast()
    client.force_login(cast.coordinator)
    walker = Walker(client)
    walker.address = reverse("participants_file", args=[cast.round.pk])
    first, second, third = cast.participants()[:3]
    cast.answer(first)
    rows = [[first.email, "Gemeente", "bestuur", ""], [second.email, "Gemeente", "bestuur", "wethouder"]]
    upload(walker, csv(*rows, [third.email, "School", "uitvoerend", ""], PERSON))
    assert texts(walker.page, "main li")[:4] == [
        "1 deelnemer is nieuw en wordt toegevoegd.",
        "1 doet al mee en wordt gewijzigd.",
        "1 is al klaar en blijft waar die staat.",
        "1 doet al mee; daar verandert niets aan.",
    ]
    assert "Is al klaar, en blijft bij School, uitvoerend." in text_of(walker.page, "table")
    assert "1 deelnemer toevoegen en 1 wijzigen" in texts(walker.page, BUTTONS)
    add(walker)
    assert "1 deelnemer is toegevoegd. 1 is gewijzigd." in text_of(walker.page, "main")
    for person in (first, second):
        person.refresh_from_db()
    assert (first.partner.name, first.level) == ("School", "uitvoerend")
    second = Participant.objects.get(pk=second.pk)
    assert (second.partner.name, second.level, second.job_title) == ("Gemeente", "bestuur", "wethouder")
