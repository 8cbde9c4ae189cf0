"""The report object decides everything, from published figures alone; equal input gives an equal report."""

import json
import re
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

import pytest

from assessments.national.reference import Reference
from assessments.report.blocks import (
    AdviceGroup,
    Advices,
    Cards,
    Chart,
    Notice,
    Points,
    Quotes,
    Report,
    Table,
    Text,
    Topic,
)
from assessments.report.builder import build_report
from assessments.report.facts import CONSTRUCTED, OpenText, PartnerFacts
from assessments.report.subjects import NoSuchReport, subjects
from assessments.results.document import from_json, to_json
from assessments.scores.reliability import Alpha
from tests.report_cases import FACTORS, INSTRUMENT, B, M, U, facts, figure, nijmegen, results, scores, texts

SECTIONS = [
    *("kern", "profiel", "verschillen", "advies", "gesprek"),
    *("respons", "model", "cijfers", "dimensies", "alle-verschillen", "verantwoording", "bronnen"),
]


def build(found=None, key="netwerk", **more) -> Report:
    return build_report(found or nijmegen(), INSTRUMENT, facts(**more), key)


def blocks(report, kind):
    return [block for section in report.sections for block in section.blocks if isinstance(block, kind)]


def section(report, key):
    return next(found for found in report.sections if found.key == key)


def strings(value):
    """Yields every text in a report, except the drawings and the data behind them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("svg", "narrow", "data"):
                yield from strings(getattr(value, field.name))


def test_behind_the_advice_stands_that_waiting_lists_are_not_mended_here():
    """Smeets and Van Veen, §7.3: municipalities can't solve the problem of waiting lists."""
    for key in ("netwerk", "uitvoerend"):
        last = section(build(key=key), "advies").blocks[-1].text
        assert last == f"{INSTRUMENT.beyond.text} Bron: Smeets en Van Veen (2018), §7.3 Reflectie."
        assert "wachtlijsten" in last


def test_the_report_counts_the_statements_that_people_saw():
    assert f"{INSTRUMENT.version} (49 stellingen)" in str(section(build(), "verantwoording"))
    with_them = section(build(with_ouders(OUDERS_FIGURE)), "verantwoording")
    assert f"{INSTRUMENT.version} (49 stellingen; ouders en jongeren hadden er 8)" in str(with_them)


def test_the_annex_names_once_what_a_level_read_in_words_of_its_own():
    for key in ("netwerk", "bestuur"):
        report = build(key=key)
        said = "\n".join(strings(section(report, "verantwoording")))
        for statement in INSTRUMENT.reworded:
            assert said.count(f"‘{statement.text}’") == 1, statement.key
            assert all(f"‘{text}’" in said for text in statement.texts.values()), statement.key
        assert "\n".join(strings(report)).count("‘Er is geld voor wat ik samen met andere partners doe.’") == 1


def test_equal_input_gives_an_equal_report():
    assert build() == build()


def test_results_that_were_kept_as_json_give_the_same_report():
    kept = from_json(json.loads(json.dumps(to_json(nijmegen(), INSTRUMENT))))
    assert build(kept) == build()


def test_the_sections_come_in_one_order():
    assert [found.key for found in build().sections] == SECTIONS


def test_a_levels_report_has_the_same_sections():
    assert [found.key for found in build(key=U).sections] == SECTIONS


def test_there_is_a_report_of_each_shown_group_and_of_no_hidden_one():
    found = results({U: scores(3), M: scores(4)}, hidden=[B], partners={"school": scores(3)})
    assert [s.key for s in subjects(found.published, facts())] == [
        *("netwerk", "uitvoerend", "management", "partner:school", "samenvatting")
    ]
    for key in ("bestuur", "partner:elders", "ouders", "", "network"):
        with pytest.raises(NoSuchReport):
            build(found, key)


def test_page_1_has_the_message_and_four_facts():
    lead, cards, *_ = section(build(), "kern").blocks
    assert lead.text == (
        "Het bestuur ziet de samenwerking positiever dan het uitvoerend niveau: op tien van de elf factoren, "
        "het meest bij communicatie en vertrouwen (1,2 punt)."
    )
    assert [(card.label, card.text) for card in cards.items] == [
        ("Werkt het?", "Hoe effectief de samenwerking is, is niet te tonen."),
        ("Wat veranderde er?", "Er is geen eerdere ronde om mee te vergelijken."),
        (
            "Wie antwoordden?",
            "36 van de 60 mensen (60 %): uitvoerend 12 van 20, management 12 van 20 en bestuur 12 van 20.",
        ),
        (
            "Wat vragen wij van u?",
            "Bespreek als eerste voorgeschiedenis (lage score), communicatie (groot verschil) "
            "en principiële betrokkenheid (lage score).",
        ),
    ]


def test_the_profile_says_what_scores_highest_and_lowest_and_what_the_mean_hides():
    assert section(build(), "profiel").blocks[0].text == (
        "Toewijding komt het hoogst uit: 4,4 (sterk). Regels en kennis komen het laagst uit: 2,7 (zorg). "
        "In totaal krijgen vijf van de elf factoren het woord ‘zorg’. "
        "Achter het gemiddelde van de niveaus zit een lage score: op het uitvoerend niveau middelen, communicatie en "
        "vertrouwen; in het management middelen. "
        "Voorgeschiedenis scoort laag (2,9: zorg) en kan volgens een van de studies andere factoren kleuren, vooral "
        "communicatie (3,1), vertrouwen (3,3), toewijding (4,4) en gedeeld begrip (2,9)."
    )
    bright = results({level: scores(3.5) for level in (U, M, B)})
    assert "kleuren" not in section(build(bright), "profiel").blocks[0].text
    assert "maar scoort hier niet laag: 3,5 (bespreken)" in section(build(bright), "model").blocks[0].text


def test_the_annex_says_that_the_questions_were_not_validated_and_not_tried_on_people_who_think_aloud():
    for key in ("netwerk", U):
        said = " ".join(strings(section(build(key=key), "verantwoording")))
        assert "nog niet gevalideerd" in said
        assert "De vragen zijn ook nog niet uitgeprobeerd met mensen die hardop denken bij het invullen." in said


def test_the_annex_has_alpha_with_its_interval_and_says_who_is_in_it():
    alphas = {"regels": Alpha(Decimal("-0.41"), 4, 44), "kennis": Alpha(Decimal("0.90"), 6, 80)}
    found = replace(nijmegen(), reliability=alphas)
    for key in ("netwerk", U):
        method = section(build(found, key), "verantwoording")
        [table] = [block for block in method.blocks if isinstance(block, Table) and "alfa" in block.caption]
        assert [(row.name, *(cell.text for cell in row.cells)) for row in table.rows] == [
            ("Regels", "−0,41", "−1,24 tot 0,16", "4", "44"),
            ("Kennis", "0,90", "0,86 tot 0,93", "6", "80"),
        ]
        said = " ".join(strings(method))
        assert "Alleen wie alle stellingen van een factor beantwoordde, telt mee" in said
        assert "een stelling waarop iedereen hetzelfde koos, telt mee met spreiding 0" in said


def test_a_round_without_alpha_says_nothing_of_it():
    assert "alfa" not in " ".join(strings(build()))


def test_a_partner_stands_beside_nobody():
    """Its people are of other levels, in other numbers: the network's figures would say that it differs."""
    report = build(nijmegen(partners={"school": scores(3.0, regels=2.2, toewijding=4.1)}), "partner:school")
    assert section(report, "kern").blocks[0].text == (
        "Basisschool De Linde geeft toewijding (4,1) de hoogste score en regels (2,2) de laagste."
    )
    assert [chart.table.head for found in report.sections for chart in found.charts] == [
        ("Factor", "Basisschool De Linde")
    ]
    assert "Een verschil kan dus ook van de niveaus komen" in "".join(strings(section(report, "kern")))


def test_every_figure_in_the_text_is_a_published_one():
    """Besides means, bounds, limits and sizes of differences only the limits of the bands and the rules are printed."""
    found = nijmegen()
    known = {str(f.value) for group in found.published.groups for f in group.figures.values()}
    known |= {str(bound) for g in found.published.groups for f in g.figures.values() for bound in f.interval or ()}
    known |= {str(abs(d.size)) for d in found.published.differences if d.size is not None}
    known |= {"0.5", "1.0", "1.5", "3.0", "3.9", "4.0", "4.5"}
    for key in ("netwerk", U, M, B, "samenvatting"):
        report = build(found, key)
        skipped = {text for group in blocks(report, Quotes) for text in group.texts}
        printed = [text for text in strings(report) if text not in skipped]
        decimals = {n.replace(",", ".") for text in printed for n in re.findall(r"(?<!\d)\d,\d(?!\d)", text)}
        assert decimals <= known, key


def test_a_hidden_level_is_said_to_be_hidden_wherever_it_would_stand():
    report = build(results({U: scores(3.0), M: scores(4.0)}, hidden=[B]))
    profile = section(report, "profiel").charts[0]
    assert profile.table.head == ("Factor", "Uitvoerend", "Management")
    assert "Het bestuur wordt niet getoond: te weinig antwoorden." in profile.alt
    assert Notice(
        "Er is geen score voor het hele netwerk. Het bestuur wordt niet getoond: te weinig antwoorden."
    ) in blocks(report, Notice)
    hidden = section(report, "verantwoording").blocks[-1]
    assert [(row.name, [cell.text for cell in row.cells]) for row in hidden.rows] == [
        ("Bestuur", ["de hele groep", "te weinig antwoorden"])
    ]


def test_a_level_that_did_not_take_part_is_not_drawn():
    report = build(results({U: scores(3.0), M: scores(4.0)}))
    assert section(report, "profiel").charts[0].table.head == ("Factor", "Uitvoerend", "Management")


def test_a_low_response_is_a_warning():
    report = build(nijmegen(n=12, invited=25))
    [warning] = [block for block in blocks(report, Notice) if block.title]
    assert warning.title == "Lage respons"
    assert warning == section(report, "kern").blocks[0]
    assert warning.text.startswith("36 van de 75 mensen (48 %) deden mee, minder dan de helft.")
    assert not [block for block in blocks(build(nijmegen(n=12, invited=24)), Notice) if block.title]


def test_at_most_three_advices_a_level_come_first_with_why_and_source():
    report = build(key=U)
    [advices] = [block for block in section(report, "advies").blocks if isinstance(block, Advices)]
    assert 1 <= len(advices.items) <= 3
    for card in advices.items:
        assert card.why
        assert card.figures
        assert card.first_step
        assert card.who
        assert card.sources
        assert all(source.url.startswith("https://example.org/instrument/bronnen/") for source in card.sources)


def test_the_rest_of_the_advice_stands_behind_and_none_twice():
    found = nijmegen()
    report = build(found, U)
    first = [
        card.title for block in section(report, "advies").blocks if isinstance(block, Advices) for card in block.items
    ]
    rest = [card.title for block in blocks(report, AdviceGroup) for card in block.items]
    given = [p for p in found.advice if p.level == U]
    assert len({*first, *rest}) == len(first + rest) == len(given)
    assert "Praat met het bestuur over communicatie: u 2,5, zij 3,7" in first


def test_a_difference_that_does_not_count_is_called_small_as_page_1_counts_it():
    """'On ten of eleven factors' on page 1 must not be 'no difference' in the annex."""
    told = " ".join(strings(section(build(), "alle-verschillen")))
    assert "klein verschil (0,1)" in told
    assert "geen verschil" in told
    assert "geen verschil (" not in told


def test_differences_have_their_questions():
    report = build()
    found = section(report, "verschillen").blocks
    topics = [block for block in found if isinstance(block, Topic)]
    assert [topic.name for topic in topics][:2] == ["Communicatie", "Vertrouwen"]
    assert topics[0].questions == tuple(INSTRUMENT.conversation["factors"]["communicatie"][:2])


def test_what_people_wrote_is_the_levels_own_in_its_report():
    given = texts(3) + texts(2, level=U)
    whole = section(build(texts=given), "geschreven").blocks[-1]
    own = section(build(key=U, texts=given), "geschreven").blocks[-1]
    assert (len(whole.texts), len(own.texts)) == (5, 2)
    assert not blocks(build(key=M, texts=given), Quotes)


def test_a_constructed_network_says_so():
    assert build(is_constructed=True).constructed == CONSTRUCTED
    assert build().constructed == ""


def test_all_partners_are_named_with_their_response_but_where_that_tells_of_a_person():
    partners = (
        PartnerFacts("school", "Basisschool De Linde", "school"),  # shown: its figures say how many
        PartnerFacts("zorg", "Zorg", "jeugdhulp", invited=6, answered=4),
        PartnerFacts("wijk", "Wijkteam", "wijkteam", is_small=True),
        PartnerFacts("swv", "Samenwerkingsverband", "swv"),  # an open link: nobody knows how many were asked
        PartnerFacts("leeg", "Leeg", "overig", invited=0, answered=0),
    )
    report = build(nijmegen(partners={"school": scores(3.9)}), partners=partners)
    [points] = [block for block in section(report, "respons").blocks if isinstance(block, Points)][1:]
    assert points.items == (
        "Basisschool De Linde: 12 van de 20 mensen (60 %)",
        "Leeg: niemand uitgenodigd",
        "Samenwerkingsverband",
        "Wijkteam: minder dan vijf mensen uitgenodigd",
        "Zorg: 4 van de 6 mensen (67 %)",
    )


def test_a_partners_report_shows_the_partner_and_names_no_other():
    found = nijmegen(partners={"school": scores(3.9), "wijkteam": scores(2.0)})
    report = build(found, "partner:school")
    assert report.title == "Rapport voor Basisschool De Linde"
    assert section(report, "profiel").charts[0].table.head == ("Factor", "Basisschool De Linde")
    assert not any("wijkteam" in text for text in strings(report.sections) if text.startswith("Wijkteam"))
    assert "verschillen" not in [found.key for found in report.sections]


def test_the_summary_is_one_section_with_the_profile_and_what_to_begin_with():
    report = build(key="samenvatting")
    assert [found.key for found in report.sections] == ["samenvatting"]
    assert report.is_one_page
    assert [type(block) for block in report.sections[0].blocks][:3] == [Text, Cards, Chart]
    [(name, figures)] = report.data
    assert (name, {row.split(",")[2] for row in figures.splitlines()[1:]}) == ("cijfers.csv", {"factor"})


def rows_of(report, factor):
    """Returns the rows of a factor in the annex, with the heads of their columns."""
    for table in section(report, "cijfers").blocks:
        names = [row.aside for row in getattr(table, "rows", ())]
        if INSTRUMENT.name(factor) in names:
            start = names.index(INSTRUMENT.name(factor))
            end = next((place for place in range(start + 1, len(names)) if names[place]), len(names))
            return table.head, [(row.name, *(cell.text for cell in row.cells)) for row in table.rows[start:end]]
    raise AssertionError(factor)


def test_the_annex_has_the_figures_of_every_factor_and_of_the_outcome():
    report = build(results({U: scores(3.0, effectiviteit=2.8), M: scores(3.4, effectiviteit=3.1)}))
    for key in (*FACTORS, INSTRUMENT.outcome.key):
        assert [row[0] for row in rows_of(report, key)[1]] == ["Uitvoerend", "Management"]


def test_no_column_is_hidden_from_top_to_bottom():
    found = results({U: scores(3.0), M: scores(4.0, regels=None)}, hidden=[B], partners={"school": scores(3)})
    for key in ("netwerk", U, "partner:school"):
        for table in blocks(build(found, key), Table):
            for column in zip(*(row.cells for row in table.rows), strict=True):
                assert {cell.text for cell in column} - {"niet getoond", "–"}, (key, table.caption)


def test_much_that_was_written_stands_in_part_in_what_is_to_read_and_whole_in_the_annex():
    given = texts(60) + texts(40, "open_slot")
    report = build(texts=given)
    some, everything = section(report, "geschreven"), section(report, "alles-geschreven")
    assert [len(block.texts) for block in some.blocks if isinstance(block, Quotes)] == [11, 11]
    assert "Alles staat in de bijlage." in "".join(strings(some))
    assert [len(block.texts) for block in everything.blocks if isinstance(block, Quotes)] == [60, 40]
    for all_fit in (texts(22), texts(20) + texts(2, "open_slot")):
        assert "alles-geschreven" not in [found.key for found in build(texts=all_fit).sections]


def test_a_long_answer_goes_on_in_the_annex():
    long = OpenText("open_slot", "", "woord " * 200)
    report = build(texts=(long,))
    assert [len(text) for block in section(report, "geschreven").blocks[1:] for text in block.texts] == [283]
    assert section(report, "alles-geschreven").blocks[1].texts == (long.text,)


def test_the_annex_comes_behind_all_that_is_to_be_read():
    for key in ("netwerk", U):
        kinds = [found.is_annex for found in build(key=key).sections]
        assert kinds == sorted(kinds)


def test_a_factor_tells_how_sure_it_is():
    sure = figure(2.2, 12, interval=(figure(1.9).mean, figure(2.6).mean), split=True, unknown=figure(0.1).mean)
    few = figure(3.0, 9)
    everybody = figure(3.1, 20, split=False, unknown=figure(0.0).mean)
    report = build(results({U: scores(3.0, regels=sure), M: scores(3.0, regels=everybody), B: scores(3.0, regels=few)}))
    assert rows_of(report, "regels")[1] == [
        ("Uitvoerend", "2,2 zorg", "1,9 tot 2,6", "ja", "rond 10 %", "12"),
        ("Management", "3,1 bespreken", "iedereen deed mee", "nee", "onder 5 %", "20"),
        ("Bestuur", "3,0 bespreken", "groep te klein", "niet getoond", "niet getoond", "9"),
        ("Netwerk", "2,8 zorg", "niet bekend", "–", "niet getoond", "36"),
    ]
    said = section(report, "profiel").blocks[0].text
    assert "De meningen zijn verdeeld: op het uitvoerend niveau over regels." in said


def test_what_is_the_same_for_every_figure_is_said_once_above_the_tables():
    alike = figure(3.1, 20, split=False, unknown=figure(0.0).mean)
    levels = {level: dict.fromkeys(FACTORS, alike) for level in (U, M)}
    report = build(results(levels))
    assert rows_of(report, "regels") == (
        ("Groep", "Score", "Mensen"),
        [("Uitvoerend", "3,1 bespreken", "20"), ("Management", "3,1 bespreken", "20")],
    )
    said = section(report, "cijfers").blocks[0].text
    assert said.endswith("Interval: iedereen deed mee. Verdeeld: nee. Weet ik niet: onder 5 %.")

    levels[M]["kennis"] = replace(alike, split=True)
    report = build(results(levels))
    assert rows_of(report, "regels")[0] == ("Groep", "Score", "Verdeeld", "Mensen")
    assert section(report, "cijfers").blocks[0].text.endswith("Interval: iedereen deed mee. Weet ik niet: onder 5 %.")


def test_the_data_are_all_that_was_published_with_a_point_in_its_numbers():
    (name, figures), (_, differences) = build().data
    assert name == "cijfers.csv"
    lines = figures.splitlines()
    assert lines[0] == "group_kind,group,item_kind,item,n,mean,limit,low,high,split,unknown,band"
    assert lines[1] == "level,uitvoerend,factor,voorgeschiedenis,12,2.7,,,,,,zorg"
    assert len(lines) == 1 + 4 * 11
    assert differences.splitlines()[1].startswith("voorgeschiedenis,uitvoerend,management,0.0")


@pytest.mark.parametrize(
    ("key", "partners"),
    [("netwerk", set()), (U, set()), ("samenvatting", set()), ("partner:school", {"school"})],
)
def test_the_data_have_no_figures_of_a_partner_but_of_whose_report_it_is(key, partners):
    found = nijmegen(partners={"school": scores(3.9), "wijkteam": scores(2.0)})
    rows = [line.split(",") for line in build(found, key).data[0][1].splitlines()[1:]]
    assert {row[1] for row in rows if row[0] == "partner"} == partners
    assert {row[1] for row in rows if row[0] == "level"} == {U, M, B}


@pytest.mark.parametrize("levels", [{U: scores(3.0)}, {B: {"regels": 4.4}}, {U: scores("low"), M: scores("high")}])
def test_every_report_of_a_small_round_can_be_built(levels):
    found = results(levels, hidden=[level for level in (U, M, B) if level not in levels])
    for subject in subjects(found.published, facts()):
        assert build(found, subject.key).sections


OUDERS_FIGURE = figure(2.9, 14, interval=(figure(2.4).mean, figure(3.4).mean), split=True, unknown=figure(0.1).mean)


def with_ouders(given):
    return results({U: scores(3.0), M: scores(3.4), B: scores(3.8)}, ouders=given)


@pytest.mark.parametrize("key", ["netwerk", U])
def test_what_ouders_say_has_a_section_of_its_own(key):
    report = build(with_ouders(OUDERS_FIGURE), key)
    found = section(report, "ouders")
    assert found.blocks[0].text == (
        "14 mensen, ouders en jongeren, komen uit op 2,9 (zorg). Bij ouders en jongeren zijn de meningen verdeeld: "
        "minstens een kwart zit onder de 3, en minstens een kwart op 4 of hoger."
    )
    assert rows_of(report, "ouders")[1] == [("Ouders en jongeren", "2,9 zorg", "2,4 tot 3,4", "ja", "rond 10 %", "14")]


@pytest.mark.parametrize("key", ["netwerk", U, "samenvatting"])
def test_the_score_of_ouders_stands_beside_no_others(key):
    report = build(with_ouders(OUDERS_FIGURE), key)
    charts = [chart for found in report.sections if found.key != "ouders" for chart in found.charts]
    assert not [row for chart in charts for row in chart.table.rows if "ouders" in row.name.lower()]
    assert not [head for chart in charts for head in chart.table.head if "ouders" in head.lower()]


def test_too_few_ouders_are_said_to_be_too_few_and_five_is_their_least():
    found = results({U: scores(3.0), M: scores(3.4), B: scores(3.8)}, ouders="hidden", minimum=3)
    [notice] = section(build(found), "ouders").blocks
    assert notice.text.endswith("Daarvoor zijn antwoorden van minstens vijf van hen nodig.")
    assert not [row for row in section(build(found), "respons").blocks[0].rows if "ouders" in row.name.lower()]


def test_where_no_ouders_were_asked_nothing_is_said_of_them():
    assert "ouders" not in [found.key for found in build(with_ouders(None)).sections]


def test_a_partners_report_leaves_the_ouders_to_the_networks():
    found = results({U: scores(3.0)}, partners={"school": scores(3.9)}, ouders=OUDERS_FIGURE)
    report = build(found, "partner:school")
    assert "ouders" not in " ".join(strings(report.sections[:2])).lower()


def test_what_ouders_wrote_stands_in_their_section_alone():
    given = texts(2) + texts(3, level="ouders")
    report = build(with_ouders(OUDERS_FIGURE), texts=given)
    assert [len(block.texts) for block in section(report, "ouders").blocks if isinstance(block, Quotes)] == [3]
    assert len(section(report, "geschreven").blocks[-1].texts) == 2


def test_a_level_that_is_large_but_has_no_interval_is_not_called_small():
    small, sure = figure(3.9, 9), figure(3.0, interval=(figure(1.9).mean, figure(3.6).mean))
    report = build(results({U: scores(3.9), M: scores(3.0, regels=small), B: scores(3.0, regels=sure)}))
    assert [row[2] for row in rows_of(report, "regels")[1]] == [
        "niet getoond",
        "groep te klein",
        "1,9 tot 3,6",
        "niet bekend",
    ]


def begin_with(found, key="netwerk"):
    blocks_of = section(build(found, key), "gesprek").blocks
    start = next(i for i, block in enumerate(blocks_of) if getattr(block, "text", "") == "Waar u mee kunt beginnen")
    return getattr(blocks_of[start + 1], "items", None) or blocks_of[start + 1].text


def test_only_what_scores_lowest_is_called_so():
    assert begin_with(results({level: scores(4.3, regels=3.1, middelen=3.4) for level in (U, M, B)})) == (
        "Regels: dit scoort het laagst. De vragen staan hieronder.",
        "Middelen: dit is een van de lagere scores. De vragen staan hieronder.",
    )


def test_without_a_score_of_the_network_the_lowest_of_each_level_is_named_with_that_level():
    assert begin_with(results({U: scores(3.2, regels=2.9), M: scores(3.2, kennis=2.9)}, hidden=[B])) == (
        "Regels: dit scoort het laagst op het uitvoerend niveau. De vragen staan hieronder.",
        "Kennis: dit scoort het laagst in het management. De vragen staan hieronder.",
    )


def test_where_many_figures_give_an_advice_it_says_what_they_are_called_and_whose_they_are():
    low = {U: scores(2.5), M: scores(3.5, regels=2.5), B: scores(4.4, regels=2.9)}
    alike = {level: scores(3.5, toewijding=4.2) for level in (U, M, B)}
    counted = {text for found in (low, alike) for card in build(results(found)).advices for text in card.figures}
    assert "Elf factoren met het woord ‘bespreken’ of ‘sterk’" in counted
    assert "Zeven factoren met het woord ‘zorg’, in het hele netwerk of op het uitvoerend niveau" in counted
    assert not [text for text in counted if re.fullmatch(r"\w+ factoren", text)]


@pytest.mark.parametrize(("key", "place"), [("netwerk", "kern"), ("samenvatting", "samenvatting")])
def test_page_1_says_what_the_names_of_factors_mean_that_it_asks_to_talk_about(key, place):
    note = section(build(key=key), place).blocks[-1].text
    assert note.startswith("Voorgeschiedenis: hoe goed partners elkaar kennen van eerdere samenwerking")
    assert "Principiële betrokkenheid: hoe partners hun verschillende belangen samenbrengen" in note
    assert "Communicatie:" not in note
    assert "Prikkels" not in note  # nobody is asked to talk about that


def test_the_guide_speaks_of_a_difference_only_where_the_report_shows_one():
    alike, low, alone = {v: scores(3.5) for v in (U, M, B)}, {v: scores("low") for v in (U, M, B)}, {U: scores(3.5)}
    for found, is_told in ((nijmegen(), True), (results(alike), False), (results(low), False), (results(alone), False)):
        guide = " ".join(strings(section(build(found), "gesprek")))
        assert ("Vragen bij een verschil" in guide, "twee niveaus over één verschil" in guide) == (is_told, is_told)
        assert "Wat ging er goed" in guide


def test_where_all_factors_score_alike_none_is_picked_out():
    alike = results({level: scores(3.5) for level in (U, M, B)})
    assert begin_with(alike) == "Geen factor scoort lager dan de andere. Kies zelf waar u over wilt praten."


CUTS = (Decimal("2.6"), Decimal("3.3"), Decimal("3.9"))


def test_other_networks_stand_behind_in_the_reports_only_where_the_coordinator_asked():
    assert "andere-netwerken" not in [own.key for own in build().sections]
    beside = Reference("2027-04", ("scope",), 14, {("vertrouwen", "bestuur"): CUTS, ("vertrouwen", "network"): CUTS})
    of_network, of_bestuur = (build(key=key, reference=beside) for key in ("netwerk", "bestuur"))
    for report in (of_network, of_bestuur):
        own = section(report, "andere-netwerken")
        assert own.is_annex
        assert "Dit is geen norm." in " ".join(strings(own))
        assert "14 andere netwerken van dezelfde omvang" in " ".join(strings(own))
        [row] = [row for block in own.blocks if isinstance(block, Table) for row in block.rows]
        assert [cell.text for cell in row.cells][1:] == ["2,6", "3,3", "3,9"]
    assert "andere-netwerken" not in [own.key for own in build(key="uitvoerend", reference=beside).sections]
