"""The rules of fixtures/instrument/rules.yaml: when each speaks, what it gives, what it silences. No database."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from assessments.advice import pick, up_front
from assessments.disclosure.published import Difference, Figure, Hidden, Published, PublishedGroup
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import band, gap_label, half_up
from factors.instrument import EVERY, EVERY_LEVEL, HIDDEN, LEVELS, SOME, SOME_LEVEL, SPLIT, build, read

INSTRUMENT = build(read(Path(__file__).parents[1] / "fixtures" / "instrument"))
RULES = {rule.key: rule for rule in INSTRUMENT.rules}
FACTORS = [factor.key for factor in INSTRUMENT.factors]
BANDS = {"zorg", "bespreken", "sterk"}

# ---------------------------------------------------------------- from words to published figures

MEANS = {"zorg": "2.0", "bespreken": "3.5", "sterk": "4.5", "verdeeld": "3.5"}


def figures(words):
    """'regels zorg, vertrouwen 3.4' as published figures; 'elke_factor sterk' is all eleven, later words win."""
    found = {}
    for item, reading in (entry.split() for entry in filter(None, words.split(", "))):
        mean = Decimal(MEANS.get(reading, reading))
        for key in FACTORS if item == EVERY else [item]:
            found[key] = Figure(n=12, band=band(mean), mean=mean, split=reading == "verdeeld")
    return found


def published(**levels):
    """What is published where the levels have these words; an item without a word is hidden.

    The network's figures and the differences between levels follow from the levels', as in a real round.
    """
    shown = {level: figures(words) for level, words in levels.items()}
    network = {}
    for item in shown.get(LEVELS[0], {}) if set(shown) == set(LEVELS) else ():
        if all(item in own for own in shown.values()):
            mean = half_up(Fraction(sum(own[item].mean for own in shown.values())) / 3)
            network[item] = Figure(n=36, band=band(mean), mean=mean)
    groups = [(level_group(level), own) for level, own in shown.items()] + [(NETWORK, network)]
    differences = [
        Difference(item, (a, b), size, gap_label(size))
        for a, b in combinations([level for level in LEVELS if level in shown], 2)
        for item in FACTORS
        if item in shown[a] and item in shown[b]
        for size in [shown[a][item].mean - shown[b][item].mean]
    ]
    return Published(
        minimum=5,
        groups=tuple(PublishedGroup(group, 12, None, own) for group, own in groups if own),
        differences=tuple(differences),
        hidden=tuple(Hidden(group, None, "small") for group, own in groups if not own),
    )


def picks(**levels):
    return pick(published(**levels), INSTRUMENT)


def first(level, **levels):
    """What stands up front for a level where the levels have these words."""
    return up_front(picks(**levels), level, published(**levels), INSTRUMENT)


def advice_of(rule, found):
    return [p.advice for p in found if p.rule == rule]


# ---------------------------------------------------------------- a case a rule

# rule | for whom | what is published: the advice that this rule gives, in print order
CASES = """
verdeeld_voorgeschiedenis | uitvoerend | voorgeschiedenis verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid voorgeschiedenis_oude_ervaringen_bespreken
voorgeschiedenis_bekendheid_zorg | management | voorgeschiedenis.bekendheid zorg:
    voorgeschiedenis_kennismaken_en_terugkijken voorgeschiedenis_nieuwkomers_inwerken
    voorgeschiedenis_wie_kent_wie voorgeschiedenis_bouw_voort voorgeschiedenis_gezamenlijk_geheugen
voorgeschiedenis_relatie_zorg | management | voorgeschiedenis.relatie zorg:
    voorgeschiedenis_kennismaken_en_terugkijken voorgeschiedenis_oude_ervaringen_bespreken
    voorgeschiedenis_opgelegd_bespreken voorgeschiedenis_oud_conflict
voorgeschiedenis_zorg | management | voorgeschiedenis zorg:
    voorgeschiedenis_kennismaken_en_terugkijken voorgeschiedenis_eerst_terugkijken
    voorgeschiedenis_oude_ervaringen_bespreken voorgeschiedenis_behoud_wat_werkte
    voorgeschiedenis_kleine_groep
voorgeschiedenis_bespreken | management | voorgeschiedenis bespreken:
    voorgeschiedenis_kennismaken_en_terugkijken voorgeschiedenis_stilgevallen_plannen
verdeeld_prikkels | uitvoerend | prikkels verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid prikkels_waarom_deze_samenwerking
prikkels_financieel_zorg | management | prikkels.financieel zorg:
    prikkels_samen_uitrekenen prikkels_minder_hulpverleners prikkels_wie_heeft_er_ook_iets_aan
prikkels_juridisch_zorg | bestuur | prikkels.juridisch zorg:
    prikkels_eerst_het_kind_dan_de_wet prikkels_vragen_over_de_wet prikkels_wettelijk_overleg
    prikkels_wat_werkt_tegen
prikkels_kennis_zorg | management | prikkels.kennis zorg:
    prikkels_kennis_die_hielp prikkels_vragen_en_kennis_koppelen kennis_deskundige_denkt_mee
prikkels_zorg | management | prikkels zorg:
    prikkels_waarvoor_nodig prikkels_waarom_deze_samenwerking prikkels_opbrengst_en_grens
    prikkels_wie_heeft_er_ook_iets_aan
prikkels_bespreken | management | prikkels bespreken:
    prikkels_stilstaan_bij_resultaat prikkels_meerwaarde_blijven_vertellen
prikkels_en_middelen | bestuur | prikkels zorg, middelen zorg:
    regels_helder_kader middelen_inbreng_naast_elkaar middelen_gezamenlijk_budget
    middelen_meerjarige_afspraken
prikkels_en_middelen_uitvoerend | uitvoerend | prikkels zorg, middelen zorg:
    prikkels_waarvoor_nodig middelen_vraag_wat_er_kan toewijding_geven_en_krijgen
kader_over_de_wet | bestuur | prikkels.juridisch zorg:
    regels_helder_kader regels_eigen_verantwoordelijkheid gedeeld_begrip_van_wie_is_wat
kader_over_geld | management | prikkels.financieel zorg:
    regels_helder_kader middelen_uitleg_over_geld
kader_onbekend | management | prikkels zorg:
    regels_helder_kader middelen_uitleg_over_geld
verdeeld_principiele_betrokkenheid | uitvoerend | principiele_betrokkenheid verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid principiele_betrokkenheid_belangen_op_tafel
principiele_betrokkenheid_ontdekking_zorg | management | principiele_betrokkenheid.ontdekking zorg:
    principiele_betrokkenheid_belangen_op_tafel principiele_betrokkenheid_wie_ontbreekt
    principiele_betrokkenheid_eerst_de_wijk_kennen
principiele_betrokkenheid_definitie_zorg | management | principiele_betrokkenheid.definitie zorg:
    principiele_betrokkenheid_visie_naar_praktijk principiele_betrokkenheid_gezamenlijke_visie
    principiele_betrokkenheid_einddoel_eerst principiele_betrokkenheid_visie_levend
principiele_betrokkenheid_deliberatie_zorg | management | principiele_betrokkenheid.deliberatie zorg:
    principiele_betrokkenheid_laat_zien_wat_u_doet principiele_betrokkenheid_werksessies
principiele_betrokkenheid_determinatie_zorg | management | principiele_betrokkenheid.determinatie zorg:
    principiele_betrokkenheid_hoe_beslissen_wij principiele_betrokkenheid_eerst_plan_dan_taken
    principiele_betrokkenheid_combinatie_kiezen
principiele_betrokkenheid_zorg | management | principiele_betrokkenheid zorg:
    principiele_betrokkenheid_visie_naar_praktijk principiele_betrokkenheid_gezamenlijke_visie
    principiele_betrokkenheid_belangen_op_tafel principiele_betrokkenheid_werksessies
principiele_betrokkenheid_bespreken | management | principiele_betrokkenheid bespreken:
    principiele_betrokkenheid_visie_naar_praktijk principiele_betrokkenheid_visie_levend
projectleider_voor_doel | management | principiele_betrokkenheid.definitie zorg:
    leiderschap_projectleider gedeeld_begrip_waaraan_zien_we_het
projectleider_voor_doel_onbekend | management | principiele_betrokkenheid zorg:
    leiderschap_projectleider gedeeld_begrip_waaraan_zien_we_het
doel_en_begrip | management | principiele_betrokkenheid zorg, gedeeld_begrip zorg:
    gedeeld_begrip_maak_het_doel_concreet gedeeld_begrip_grote_woorden gedeeld_begrip_welke_kennis_is_nodig
doelen_voor_leren | uitvoerend | principiele_betrokkenheid zorg, kennis zorg:
    kennis_doelen_per_half_jaar
verdeeld_leiderschap | management | leiderschap verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid leiderschap_iedereen_telt_mee
leiderschap_faciliterend_zorg | management | leiderschap.faciliterend zorg:
    leiderschap_projectleider leiderschap_trekker_op_de_werkvloer leiderschap_doelen_met_team
    leiderschap_geef_het_voorbeeld
leiderschap_gedeeld_zorg | bestuur | leiderschap.gedeeld zorg:
    leiderschap_aanspreekpunt_per_niveau leiderschap_iedereen_telt_mee leiderschap_stuurgroep_en_werkgroepen
    leiderschap_wie_voert_regie
leiderschap_zorg | management | leiderschap zorg:
    leiderschap_projectleider leiderschap_trekker_op_de_werkvloer leiderschap_iemand_bewaakt_spelregels
leiderschap_bespreken | management | leiderschap bespreken:
    leiderschap_projectleider
leiderschap_sterk | bestuur | leiderschap sterk, regels bespreken:
    leiderschap_niet_op_een_persoon toewijding_besluit_op_tijd
verdeeld_regels | uitvoerend | regels verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid algemeen_gesprek_tussen_partners
relatie_voor_regels | management | regels zorg, vertrouwen zorg:
    voorgeschiedenis_kennismaken_en_terugkijken algemeen_relatie_eerst vertrouwen_spreek_elkaar_op_tijd
    vertrouwen_signalen_herkennen
regels_met_vertrouwen | bestuur | regels zorg, vertrouwen bespreken:
    regels_helder_kader regels_stap_voor_stap regels_ondertekende_afspraak
regels_interactieregels_zorg | management | regels.interactieregels zorg:
    regels_helder_kader regels_basisafspraken_per_school regels_vijf_vragen regels_minder_loketten
regels_rollen_zorg | management | regels.rollen zorg:
    regels_helder_kader regels_wie_doet_wat regels_route_school_en_hulp regels_waarop_scholen_kunnen_rekenen
regels_transparantie_zorg | management | regels.transparantie zorg:
    regels_besluiten_delen regels_vast_punt_in_schooloverleg regels_kent_de_werkvloer_ze
regels_zorg | management | regels zorg:
    regels_helder_kader regels_wat_past_hier gedeeld_begrip_wat_betekent_dit_voor_ons
regels_bespreken | management | regels bespreken:
    regels_helder_kader regels_aan_tafel_mag_beslissen
verdeeld_middelen | management | middelen verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid middelen_elke_kijk_telt middelen_inbreng_naast_elkaar
middelen_macht_zorg | management | middelen.macht zorg:
    middelen_elke_kijk_telt middelen_wie_beslist_waarover middelen_beslisruimte_dicht_bij_gezin
    middelen_inkoop_met_onderwijs
middelen_financien_zorg | bestuur | middelen.financien zorg:
    regels_helder_kader middelen_uitleg_over_geld middelen_eerst_plan_dan_geld middelen_budget_open_op_tafel
middelen_informatie_zorg | management | middelen.informatie zorg:
    middelen_samen_leren_over_privacy middelen_begin_klein_met_delen middelen_veilig_berichten
middelen_evenwicht_zorg | bestuur | middelen.evenwicht zorg:
    middelen_inbreng_naast_elkaar middelen_hulp_naar_behoefte middelen_vaste_ondersteuning
    toewijding_geven_en_krijgen
middelen_zorg | management | middelen zorg:
    regels_helder_kader middelen_tijd_vrijmaken middelen_samen_leren_over_privacy
middelen_bespreken | management | middelen bespreken:
    middelen_plek_om_te_ontmoeten
verdeeld_kennis | uitvoerend | kennis verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid kennis_leren_van_praktijkverhalen
kennis_leren_onbekend | management | kennis zorg:
    kennis_doelen_per_half_jaar kennis_samen_evalueren kennis_samen_naar_scholing kennis_maatje
kennis_lerend_vermogen_zorg | management | kennis.lerend_vermogen zorg:
    kennis_doelen_per_half_jaar kennis_leren_van_praktijkverhalen kennis_samen_evalueren kennis_leergroep
    kennis_proef_om_van_te_leren
kennis_delen_zorg | uitvoerend | kennis.delen zorg:
    kennis_vertel_wat_u_kunt kennis_loop_met_elkaar_mee vertrouwen_neem_oordeel_serieus
kennis_zorg | uitvoerend | kennis zorg, kennis.lerend_vermogen bespreken:
    kennis_wie_kan_dit_het_best kennis_vraag_wie_kan_meedenken
kennis_bespreken | management | kennis bespreken:
    kennis_doelen_per_half_jaar kennis_leren_van_elders
verdeeld_communicatie | uitvoerend | communicatie verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid communicatie_bespreek_het_persoonlijk
voorgeschiedenis_voor_communicatie | uitvoerend | voorgeschiedenis zorg, communicatie zorg:
    communicatie_aandacht_houden communicatie_bespreek_het_persoonlijk
communicatie_alleen_continuiteit | bestuur |
    communicatie.continuiteit zorg, communicatie.manier bespreken, communicatie.frequentie bespreken:
    leiderschap_projectleider leiderschap_bruggenbouwers communicatie_praktijktafel
    communicatie_signalen_en_antwoord communicatie_bestuur_hoort_werkvloer
communicatie_manier_zorg | management | communicatie.manier zorg:
    communicatie_aandacht_houden communicatie_vaste_contactpersoon communicatie_bespreek_het_persoonlijk
    communicatie_zelfde_woorden communicatie_vertel_waarvoor_u_staat
communicatie_frequentie_zorg | management | communicatie.frequentie zorg:
    communicatie_aandacht_houden communicatie_ritme_afspreken communicatie_bereikbaar_zijn
    communicatie_leiding_spreekt_elkaar communicatie_wanneer_wel_of_niet
communicatie_continuiteit_zorg | management | communicatie.continuiteit zorg:
    leiderschap_projectleider communicatie_aandacht_houden communicatie_praktijktafel
    communicatie_signalen_en_antwoord communicatie_vraag_en_luister
communicatie_zorg | management | communicatie zorg:
    communicatie_aandacht_houden communicatie_vaste_contactpersoon communicatie_laat_weten_hoe_het_liep
    communicatie_leiding_spreekt_elkaar communicatie_onderwijs_en_jeugd_samen
communicatie_bespreken | management | communicatie bespreken:
    communicatie_aandacht_houden communicatie_minder_dubbel_overleg
verdeeld_vertrouwen | management | vertrouwen verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid vertrouwen_spreek_elkaar_aan vertrouwen_vooraf_betrekken
voorgeschiedenis_voor_vertrouwen | uitvoerend | voorgeschiedenis zorg, vertrouwen zorg:
    communicatie_aandacht_houden vertrouwen_bespreek_hoe_het_gaat
vertrouwen_persoon_zorg | management | vertrouwen.persoon zorg:
    voorgeschiedenis_kennismaken_en_terugkijken middelen_vaste_gezichten vertrouwen_spreek_elkaar_op_tijd
    vertrouwen_neem_oordeel_serieus vertrouwen_kies_mensen_die_klikken
vertrouwen_organisatie_zorg | management | vertrouwen.organisatie zorg:
    communicatie_aandacht_houden vertrouwen_beloof_wat_kan vertrouwen_terugkijken_als_het_misging
    vertrouwen_afspraken_nakomen vertrouwen_vooraf_betrekken
vertrouwen_prestaties_zorg | management | vertrouwen.prestaties zorg:
    kennis_doelen_per_half_jaar vertrouwen_kleine_successen vertrouwen_vertel_resultaten
    vertrouwen_twijfel_bespreken
vertrouwen_zorg | uitvoerend | vertrouwen zorg:
    voorgeschiedenis_kennismaken_en_terugkijken communicatie_aandacht_houden vertrouwen_bespreek_hoe_het_gaat
vertrouwen_bespreken | management | vertrouwen bespreken:
    vertrouwen_spreek_waardering_uit vertrouwen_ga_zorgvuldig_om
verdeeld_toewijding | management | toewijding verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid toewijding_waar_zit_energie toewijding_toets_of_mensen_meegaan
voorgeschiedenis_voor_toewijding | management | voorgeschiedenis zorg, toewijding zorg:
    communicatie_aandacht_houden vertrouwen_twijfel_bespreken
toewijding_persoonlijk_zorg | management | toewijding.persoonlijk zorg:
    communicatie_aandacht_houden toewijding_waar_zit_energie toewijding_houding_bespreken
    toewijding_maak_mede_eigenaar
toewijding_wederzijds_voordeel_zorg | management | toewijding.wederzijds_voordeel zorg:
    communicatie_aandacht_houden toewijding_geven_en_krijgen toewijding_werk_in_duos
    toewijding_eigenaar_per_vraag
toewijding_zorg | uitvoerend | toewijding zorg:
    communicatie_aandacht_houden toewijding_begin_klein toewijding_neem_het_initiatief
toewijding_bespreken | management | toewijding bespreken:
    toewijding_drie_vragen_tot_slot toewijding_toets_of_mensen_meegaan
toewijding_zonder_duidelijk_doel | uitvoerend | toewijding sterk, gedeeld_begrip zorg:
    toewijding_stel_grenzen gedeeld_begrip_maak_het_doel_concreet
verdeeld_gedeeld_begrip | management | gedeeld_begrip verdeeld:
    algemeen_eerst_praten_bij_verdeeldheid gedeeld_begrip_nieuwsbrief_is_niet_genoeg
    gedeeld_begrip_welke_vorm_bedoelen_we
voorgeschiedenis_voor_gedeeld_begrip | uitvoerend | voorgeschiedenis zorg, gedeeld_begrip zorg:
    communicatie_aandacht_houden gedeeld_begrip_bespreek_de_verschillen
gedeeld_begrip_gedeeld_zorg | management | gedeeld_begrip.gedeeld zorg:
    principiele_betrokkenheid_visie_naar_praktijk leiderschap_projectleider
    gedeeld_begrip_maak_het_doel_concreet gedeeld_begrip_grote_woorden gedeeld_begrip_waaraan_zien_we_het
gedeeld_begrip_wederzijds_zorg | uitvoerend | gedeeld_begrip.wederzijds zorg:
    communicatie_aandacht_houden gedeeld_begrip_bespreek_de_verschillen gedeeld_begrip_verplaats_u_in_de_ander
    gedeeld_begrip_beelden_van_gedrag
gedeeld_begrip_zorg | management | gedeeld_begrip zorg:
    principiele_betrokkenheid_visie_naar_praktijk leiderschap_projectleider communicatie_aandacht_houden
    gedeeld_begrip_maak_het_doel_concreet gedeeld_begrip_bespreek_de_verschillen
gedeeld_begrip_bespreken | management | gedeeld_begrip bespreken:
    gedeeld_begrip_kind_als_beginpunt gedeeld_begrip_zelfde_doelgroep
gezin_eerst | uitvoerend | effectiviteit zorg, elke_factor bespreken:
    principiele_betrokkenheid_begin_bij_gezin communicatie_samen_met_ouders communicatie_warme_overdracht
    gedeeld_begrip_een_plan
resultaat_achter | management | effectiviteit zorg, elke_factor bespreken:
    algemeen_kijk_naar_resultaat algemeen_ouders_en_jongeren_vragen
resultaat_laag | uitvoerend | effectiviteit zorg, kennis zorg:
    algemeen_tempo_van_het_gezin
resultaat_bespreken | management | effectiviteit bespreken:
    gedeeld_begrip_was_dit_de_goede_vraag algemeen_kijk_naar_resultaat
alles_sterk | management | elke_factor sterk:
    algemeen_vasthouden algemeen_ouders_en_jongeren_vragen
sterk_houden_bij_vertrek | management | elke_factor sterk:
    leiderschap_niet_op_een_persoon kennis_overdracht_bij_vertrek vertrouwen_stel_opvolger_voor
    toewijding_blijf_investeren
verbeterpunten_kiezen | uitvoerend | kennis zorg:
    algemeen_kies_weinig_en_volg algemeen_past_dit_bij_ons
factor_verborgen | management | kennis sterk:
    algemeen_meer_mensen_bereiken algemeen_veel_weet_ik_niet
netwerk_zonder_beeld | uitvoerend/bestuur | elke_factor sterk/:
    algemeen_meer_mensen_bereiken
netwerk_sterk | uitvoerend/management/bestuur | elke_factor sterk/elke_factor sterk/elke_factor sterk:
    algemeen_vasthouden algemeen_ouders_en_jongeren_vragen
netwerk_resultaat | uitvoerend/management/bestuur | effectiviteit zorg/effectiviteit zorg/effectiviteit zorg:
    algemeen_kijk_naar_resultaat algemeen_ouders_en_jongeren_vragen
netwerk_voorgeschiedenis |
    uitvoerend/management/bestuur | voorgeschiedenis zorg/voorgeschiedenis zorg/voorgeschiedenis zorg:
    voorgeschiedenis_kennismaken_en_terugkijken
netwerk_prikkels |
    uitvoerend/management/bestuur | prikkels zorg/prikkels zorg/prikkels zorg:
    prikkels_waarvoor_nodig regels_helder_kader
netwerk_principiele_betrokkenheid |
    uitvoerend/management/bestuur |
    principiele_betrokkenheid zorg/principiele_betrokkenheid zorg/
    principiele_betrokkenheid zorg:
    principiele_betrokkenheid_visie_naar_praktijk leiderschap_projectleider
netwerk_leiderschap |
    uitvoerend/management/bestuur | leiderschap zorg/leiderschap zorg/leiderschap zorg:
    leiderschap_projectleider
netwerk_leiderschap_sterk |
    uitvoerend/management/bestuur |
    leiderschap sterk, regels bespreken/leiderschap sterk, regels bespreken/
    leiderschap sterk, regels bespreken:
    leiderschap_niet_op_een_persoon
netwerk_relatie_voor_regels |
    uitvoerend/management/bestuur |
    regels zorg, vertrouwen zorg/regels zorg, vertrouwen zorg/
    regels zorg, vertrouwen zorg:
    algemeen_relatie_eerst
netwerk_regels |
    uitvoerend/management/bestuur | regels zorg/regels zorg/regels zorg:
    regels_helder_kader
netwerk_middelen |
    uitvoerend/management/bestuur | middelen zorg/middelen zorg/middelen zorg:
    middelen_budget_open_op_tafel middelen_inbreng_naast_elkaar
netwerk_kennis |
    uitvoerend/management/bestuur | kennis zorg/kennis zorg/kennis zorg:
    kennis_doelen_per_half_jaar kennis_samen_evalueren
netwerk_communicatie |
    uitvoerend/management/bestuur | communicatie zorg/communicatie zorg/communicatie zorg:
    communicatie_aandacht_houden
netwerk_vertrouwen |
    uitvoerend/management/bestuur | vertrouwen zorg/vertrouwen zorg/vertrouwen zorg:
    voorgeschiedenis_kennismaken_en_terugkijken communicatie_aandacht_houden
netwerk_toewijding |
    uitvoerend/management/bestuur | toewijding zorg/toewijding zorg/toewijding zorg:
    communicatie_aandacht_houden
netwerk_gedeeld_begrip |
    uitvoerend/management/bestuur | gedeeld_begrip zorg/gedeeld_begrip zorg/gedeeld_begrip zorg:
    principiele_betrokkenheid_visie_naar_praktijk gedeeld_begrip_maak_het_doel_concreet
niveaus_in_gesprek | uitvoerend/management | leiderschap 3.4/leiderschap 3.9:
    algemeen_gesprek_tussen_niveaus
werkvloer_voorgeschiedenis | uitvoerend/bestuur | voorgeschiedenis 3.4/voorgeschiedenis 3.9:
    algemeen_vertalen_naar_werkvloer voorgeschiedenis_behoud_wat_werkte
werkvloer_prikkels | uitvoerend/bestuur | prikkels 3.4/prikkels 3.9:
    algemeen_vertalen_naar_werkvloer prikkels_meerwaarde_blijven_vertellen
werkvloer_principiele_betrokkenheid | uitvoerend/bestuur | principiele_betrokkenheid 3.4/principiele_betrokkenheid 3.9:
    principiele_betrokkenheid_visie_naar_praktijk algemeen_vertalen_naar_werkvloer
werkvloer_leiderschap | uitvoerend/bestuur | leiderschap 3.4/leiderschap 3.9:
    leiderschap_aanspreekpunt_per_niveau algemeen_vertalen_naar_werkvloer
werkvloer_regels | uitvoerend/bestuur | regels 3.4/regels 3.9:
    algemeen_vertalen_naar_werkvloer regels_kent_de_werkvloer_ze regels_werkafspraken_samen_maken
werkvloer_middelen | uitvoerend/bestuur | middelen 3.4/middelen 3.9:
    algemeen_vertalen_naar_werkvloer middelen_uitleg_over_geld
werkvloer_kennis | uitvoerend/bestuur | kennis 3.4/kennis 3.9:
    algemeen_vertalen_naar_werkvloer kennis_beleid_uit_de_praktijk
werkvloer_communicatie | uitvoerend/bestuur | communicatie 3.4/communicatie 3.9:
    communicatie_bestuur_hoort_werkvloer communicatie_signalen_en_antwoord algemeen_vertalen_naar_werkvloer
werkvloer_vertrouwen | uitvoerend/bestuur | vertrouwen 3.4/vertrouwen 3.9:
    vertrouwen_twijfel_bespreken algemeen_vertalen_naar_werkvloer
werkvloer_toewijding | uitvoerend/bestuur | toewijding 3.4/toewijding 3.9:
    toewijding_toets_of_mensen_meegaan algemeen_vertalen_naar_werkvloer
werkvloer_gedeeld_begrip | uitvoerend/bestuur | gedeeld_begrip 3.4/gedeeld_begrip 3.9:
    gedeeld_begrip_maak_het_doel_concreet algemeen_vertalen_naar_werkvloer
"""


def read_cases():
    for case in re.split(r"\n(?=\S)", CASES.strip()):
        rule, who, rest = " ".join(case.split()).split(" | ")
        words, expected = rest.split(": ")
        yield pytest.param(rule, dict(zip(who.split("/"), words.split("/"), strict=True)), expected.split(), id=rule)


TABLE = list(read_cases())


@pytest.mark.parametrize(("rule", "situation", "expected"), TABLE)
def test_a_case_a_rule(rule, situation, expected):
    assert advice_of(rule, picks(**situation)) == expected


def test_every_rule_has_its_case():
    assert [case.values[0] for case in TABLE] == list(RULES)


def test_every_advice_can_be_reached():
    """Each case once for each level it could be about: what any of its levels is given counts as reached."""
    reached = set()
    for case in TABLE:
        rule, situation, _ = case.values
        alike = [situation]
        if RULES[rule].scope == "level":
            alike = [dict.fromkeys([level], *situation.values()) for level in RULES[rule].levels or LEVELS]
        reached |= {advice for one in alike for advice in advice_of(rule, picks(**one))}
    assert set(INSTRUMENT.advice_by_key) - reached == set()


@pytest.mark.parametrize(("rule", "situation", "expected"), TABLE)
def test_the_first_advice_of_a_rule_that_fits_the_level_is_the_one_up_front(rule, situation, expected):
    level = next(iter(situation)) if RULES[rule].scope == "level" else None
    fitting = [key for key in RULES[rule].advice if level is None or level in INSTRUMENT.advice_by_key[key].levels]
    given = advice_of(rule, picks(**situation))
    assert given[0] == next(key for key in fitting if key in given)


# ---------------------------------------------------------------- what rules silence

# On a level where all else is strong and dimensions are hidden, exactly these rules speak; and, where a factor is low,
# verbeterpunten_kiezen; above uitvoerend also leiderschap_sterk, unless all is strong. A rule whose advice was all
# given already by earlier ones is not heard.
SPEAK = [
    ("uitvoerend", "", {"alles_sterk", "sterk_houden_bij_vertrek"}),
    ("uitvoerend", "regels zorg, vertrouwen zorg", {"relatie_voor_regels", "vertrouwen_zorg"}),
    ("uitvoerend", "regels zorg, vertrouwen bespreken", {"regels_met_vertrouwen", "vertrouwen_bespreken"}),
    ("uitvoerend", "regels zorg", {"regels_met_vertrouwen"}),
    (
        "bestuur",
        "regels zorg, vertrouwen zorg, regels.rollen zorg, regels.interactieregels zorg, regels.transparantie zorg",
        {"relatie_voor_regels", "regels_transparantie_zorg", "vertrouwen_zorg"},
    ),
    ("bestuur", "regels zorg, regels.rollen zorg", {"regels_met_vertrouwen", "regels_rollen_zorg"}),
    ("uitvoerend", "voorgeschiedenis zorg", {"voorgeschiedenis_zorg"}),
    ("uitvoerend", "communicatie zorg", {"communicatie_zorg"}),
    (
        "uitvoerend",
        "voorgeschiedenis zorg, communicatie zorg, communicatie.manier zorg",
        {"voorgeschiedenis_voor_communicatie", "voorgeschiedenis_zorg"},
    ),
    (
        "uitvoerend",
        "voorgeschiedenis zorg, vertrouwen zorg, vertrouwen.persoon zorg",
        {"voorgeschiedenis_voor_vertrouwen", "voorgeschiedenis_zorg"},
    ),
    (
        "management",
        "voorgeschiedenis zorg, toewijding zorg, toewijding.persoonlijk zorg",
        {"voorgeschiedenis_voor_toewijding", "voorgeschiedenis_zorg"},
    ),
    (
        "bestuur",
        "voorgeschiedenis zorg, gedeeld_begrip zorg, gedeeld_begrip.gedeeld zorg, toewijding bespreken",
        {"voorgeschiedenis_voor_gedeeld_begrip", "voorgeschiedenis_zorg", "toewijding_bespreken"},
    ),
    ("bestuur", "prikkels zorg", {"kader_onbekend", "prikkels_zorg"}),
    ("bestuur", "prikkels zorg, prikkels.kennis zorg, prikkels.juridisch sterk", {"prikkels_kennis_zorg"}),
    ("bestuur", "middelen zorg", {"middelen_zorg"}),
    ("bestuur", "prikkels zorg, middelen zorg", {"prikkels_en_middelen", "kader_onbekend"}),
    ("uitvoerend", "prikkels zorg, middelen zorg", {"prikkels_en_middelen_uitvoerend"}),
    ("uitvoerend", "kennis zorg", {"kennis_leren_onbekend", "kennis_zorg"}),
    ("uitvoerend", "kennis zorg, kennis.lerend_vermogen zorg", {"kennis_lerend_vermogen_zorg"}),
    ("uitvoerend", "communicatie bespreken, communicatie.continuiteit zorg", {"communicatie_continuiteit_zorg"}),
    (
        "uitvoerend",
        "communicatie 3.9, communicatie.continuiteit zorg, communicatie.manier sterk, communicatie.frequentie sterk",
        {"communicatie_alleen_continuiteit"},
    ),
    (
        "bestuur",
        "principiele_betrokkenheid zorg, gedeeld_begrip zorg",
        {"doel_en_begrip", "projectleider_voor_doel_onbekend", "principiele_betrokkenheid_zorg"},
    ),
    ("uitvoerend", "leiderschap zorg, effectiviteit zorg", {"leiderschap_zorg", "resultaat_laag"}),
    ("uitvoerend", "regels verdeeld", {"verdeeld_regels"}),
    ("uitvoerend", "effectiviteit zorg", {"gezin_eerst", "resultaat_achter"}),
]


@pytest.mark.parametrize(("level", "words", "rules"), SPEAK, ids=[words or "all strong" for _, words, _ in SPEAK])
def test_exactly_these_rules_speak(level, words, rules):
    found = {p.rule for p in picks(**{level: f"elke_factor sterk, {words}"}) if p.level == level}
    low = any(figures(words)[factor].band == "zorg" for factor in FACTORS if factor in figures(words))
    keeps = words and level != "uitvoerend"
    more = {rule for rule, holds in (("verbeterpunten_kiezen", low), ("leiderschap_sterk", keeps)) if holds}
    assert found == rules | more


@pytest.mark.parametrize("level", LEVELS)
def test_low_regels_with_low_vertrouwen_call_for_the_relation_and_for_no_more_rules(level):
    found = picks(**{level: "regels zorg, regels.rollen zorg, regels.interactieregels zorg, vertrouwen zorg"})
    of_regels = [p.advice for p in found if INSTRUMENT.advice_by_key[p.advice].factor == "regels"]
    assert (of_regels, found[0].rule) == ([], "relatie_voor_regels")


def test_low_regels_without_a_figure_for_vertrouwen_ask_first_how_well_people_know_each_other():
    hidden = picks(management="regels zorg")
    assert advice_of("regels_zorg", hidden)[:2] == ["regels_helder_kader", "regels_wat_past_hier"]
    for known in ("zorg", "bespreken", "sterk"):
        assert advice_of("regels_zorg", picks(management=f"regels zorg, vertrouwen {known}")) == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("process", INSTRUMENT.in_phase("samenwerkingsproces"), ids=lambda factor: factor.key)
def test_low_voorgeschiedenis_comes_first_and_shortens_the_process_list(level, process):
    alone = advice_of(f"{process.key}_zorg", picks(**{level: f"{process.key} zorg"}))
    both = picks(**{level: f"{process.key} zorg, voorgeschiedenis zorg"})
    assert first(level, **{level: f"{process.key} zorg, voorgeschiedenis zorg"})[0].rule == "voorgeschiedenis_zorg"
    assert advice_of(f"{process.key}_zorg", both) == []
    assert 0 < len(advice_of(f"voorgeschiedenis_voor_{process.key}", both)) < len(alone)


@pytest.mark.parametrize("process", INSTRUMENT.in_phase("samenwerkingsproces"), ids=lambda factor: factor.key)
def test_where_voorgeschiedenis_is_hidden_the_process_factor_speaks_for_itself(process):
    assert advice_of(f"{process.key}_zorg", picks(uitvoerend=f"elke_factor sterk, {process.key} zorg")) != []
    assert advice_of(f"{process.key}_zorg", picks(uitvoerend=f"{process.key} zorg")) != []


# ---------------------------------------------------------------- which three come first


def keys(found):
    return [p.advice for p in found]


def test_a_split_factor_takes_one_place_up_front():
    found = first("uitvoerend", uitvoerend="prikkels verdeeld, kennis verdeeld, toewijding verdeeld")
    assert keys(found) == ["algemeen_eerst_praten_bij_verdeeldheid", *keys(found)[1:]]
    assert [p.rule for p in found] == ["verdeeld_prikkels", "verdeeld_kennis", "verdeeld_toewijding"]


def test_what_is_in_between_does_not_take_the_advice_of_what_is_low():
    words = "voorgeschiedenis bespreken, prikkels bespreken, middelen bespreken, regels zorg, vertrouwen zorg"
    found = first("uitvoerend", uitvoerend=words)
    assert (found[0].advice, found[0].rule) == ("voorgeschiedenis_kennismaken_en_terugkijken", "relatie_voor_regels")


def test_within_a_factor_the_lowest_dimension_leads():
    privacy = "middelen 2.8, middelen.macht 2.9, middelen.informatie 2.3"
    power = "middelen 2.8, middelen.macht 2.3, middelen.informatie 2.9"
    assert keys(first("management", management=privacy))[0] == "middelen_samen_leren_over_privacy"
    assert keys(first("management", management=power))[0] == "middelen_elke_kijk_telt"


def test_low_factors_come_by_phase_and_what_is_in_between_by_its_figure():
    low = "regels 2.9, middelen 2.8, kennis 2.0, toewijding 1.0"
    assert "toewijding_zorg" not in {p.rule for p in first("uitvoerend", uitvoerend=low)}
    between = "elke_factor sterk, voorgeschiedenis 3.9, prikkels 3.8, regels 3.7, middelen 3.1, kennis 3.2"
    assert [p.rule for p in first("uitvoerend", uitvoerend=between)] == [
        "regels_bespreken",
        "middelen_bespreken",
        "kennis_bespreken",
    ]


def test_what_is_strong_comes_after_what_is_low_and_before_what_is_in_between():
    words = "prikkels bespreken, kennis bespreken, leiderschap sterk, middelen bespreken, toewijding bespreken"
    assert "leiderschap_sterk" in {p.rule for p in first("bestuur", bestuur=words)}
    low = "prikkels zorg, principiele_betrokkenheid zorg, kennis zorg, leiderschap sterk, middelen zorg"
    assert "leiderschap_sterk" not in {p.rule for p in first("bestuur", bestuur=low)}


def test_the_network_begins_with_talk_then_with_what_is_low_then_with_the_largest_difference():
    apart = {
        "uitvoerend": "voorgeschiedenis 3.3, leiderschap 3.1, communicatie 2.9",
        "bestuur": "voorgeschiedenis 3.9, leiderschap 3.9, communicatie 4.3",
    }
    assert [p.rule for p in first(None, **apart)] == [
        "niveaus_in_gesprek",
        "werkvloer_leiderschap",
        "werkvloer_communicatie",
    ]
    low = {level: f"{words}, middelen zorg" for level, words in (apart | {"management": "prikkels sterk"}).items()}
    assert [p.rule for p in first(None, **low)] == ["niveaus_in_gesprek", "netwerk_middelen", "werkvloer_communicatie"]


def test_where_a_factor_is_in_between_nothing_is_advised_on_what_is_strong():
    assert advice_of("kennis_bespreken", picks(uitvoerend="kennis bespreken, kennis.lerend_vermogen sterk")) == []
    assert advice_of("kennis_bespreken", picks(uitvoerend="kennis bespreken, kennis.lerend_vermogen zorg")) == []
    given = advice_of("kennis_bespreken", picks(uitvoerend="kennis bespreken, kennis.lerend_vermogen bespreken"))
    assert given == ["kennis_doelen_per_half_jaar"]


# ---------------------------------------------------------------- the six recommendations

# Which of the six of verstappen2021 §6.3 is up front for a level where only this factor is low.
RECOMMENDED = {
    "voorgeschiedenis": {"uitvoerend": 1, "management": 1},
    "prikkels": {"management": 4, "bestuur": 4},
    "principiele_betrokkenheid": {"uitvoerend": 2, "management": 2, "bestuur": 3},
    "leiderschap": {"management": 3, "bestuur": 3},
    "regels": {"management": 4, "bestuur": 4},
    "middelen": {"management": 4, "bestuur": 4},
    "kennis": {"uitvoerend": 5, "management": 5},
    "communicatie": {"uitvoerend": 6, "management": 6, "bestuur": 6},
    "vertrouwen": {"uitvoerend": 1, "management": 1, "bestuur": 6},
    "toewijding": {"uitvoerend": 6, "management": 6, "bestuur": 6},
    "gedeeld_begrip": {"uitvoerend": 2, "management": 2, "bestuur": 3},
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("factor", FACTORS)
def test_a_low_factor_brings_its_recommendation_up_front(factor, level):
    found = first(level, **{level: f"elke_factor sterk, {factor} zorg"})
    numbers = [INSTRUMENT.advice_by_key[p.advice].recommendation for p in found]
    expected = RECOMMENDED[factor].get(level)
    assert expected in numbers if expected else not any(numbers)


# What §5.2, §5.3 and §6.1.3 say hindered or not, as bands. Bestuur had three respondents: no dimensions.
NIJMEGEN = {
    "uitvoerend": "voorgeschiedenis zorg, prikkels bespreken, prikkels.juridisch zorg, prikkels.kennis sterk, "
    "prikkels.financieel sterk, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg, "
    "principiele_betrokkenheid.deliberatie sterk, leiderschap bespreken, regels zorg, regels.rollen zorg, "
    "middelen zorg, middelen.financien zorg, middelen.informatie zorg, kennis bespreken, kennis.delen sterk, "
    "kennis.lerend_vermogen zorg, communicatie zorg, communicatie.manier zorg, communicatie.frequentie zorg, "
    "communicatie.continuiteit zorg, vertrouwen zorg, vertrouwen.persoon zorg, toewijding sterk, gedeeld_begrip zorg, "
    "gedeeld_begrip.gedeeld zorg, gedeeld_begrip.wederzijds bespreken",
    "management": "voorgeschiedenis zorg, prikkels bespreken, prikkels.juridisch zorg, prikkels.kennis sterk, "
    "prikkels.financieel sterk, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg, "
    "leiderschap bespreken, regels zorg, regels.rollen zorg, middelen bespreken, middelen.financien zorg, "
    "kennis bespreken, kennis.delen sterk, kennis.lerend_vermogen zorg, communicatie bespreken, "
    "communicatie.manier bespreken, communicatie.frequentie bespreken, communicatie.continuiteit zorg, "
    "vertrouwen bespreken, toewijding sterk, gedeeld_begrip zorg, gedeeld_begrip.gedeeld zorg",
    "bestuur": "voorgeschiedenis zorg, prikkels sterk, principiele_betrokkenheid zorg, leiderschap bespreken, "
    "regels zorg, middelen sterk, kennis bespreken, communicatie bespreken, vertrouwen sterk, toewijding sterk, "
    "gedeeld_begrip zorg",
}


def test_the_findings_in_nijmegen_call_for_the_six_recommendations():
    found = {
        (advice.recommendation, p.level)
        for p in picks(**NIJMEGEN)
        for advice in [INSTRUMENT.advice_by_key[p.advice]]
        if advice.recommendation and p.level
    }
    assert found == {
        (advice.recommendation, level)
        for advice in INSTRUMENT.advice
        for level in advice.levels
        if advice.recommendation
    }


def test_in_nijmegen_the_two_levels_that_differ_translate_to_the_work_floor():
    pairs = {(p.rule, p.pair) for p in picks(**NIJMEGEN) if p.pair}
    assert {rule for rule, _ in pairs} == {
        "niveaus_in_gesprek",
        "werkvloer_prikkels",
        "werkvloer_middelen",
        "werkvloer_communicatie",
        "werkvloer_vertrouwen",
    }


# ---------------------------------------------------------------- what is hidden

BLIND = [case for case in TABLE if not any(HIDDEN in c.readings for c in RULES[case.values[0]].when)]


@pytest.mark.parametrize(("rule", "situation", "expected"), BLIND)
def test_a_rule_is_silent_where_its_figures_are_hidden(rule, situation, expected):
    """One item that the rule names is hidden in turn, on every level; every factor, where it names no one factor."""
    for condition in RULES[rule].when:
        named = FACTORS if condition.item in (EVERY, SOME) else [condition.item]
        shown = published(**situation)
        groups = tuple(
            replace(group, figures={item: figure for item, figure in group.figures.items() if item not in named})
            for group in shown.groups
        )
        differences = tuple(difference for difference in shown.differences if difference.factor not in named)
        hidden = (Hidden(NETWORK, None, "small"),)
        rest = replace(shown, groups=groups, differences=differences, hidden=hidden)
        assert advice_of(rule, pick(rest, INSTRUMENT)) == []


def test_nothing_is_said_of_a_level_that_is_hidden():
    found = picks(uitvoerend="elke_factor zorg", bestuur="")
    assert {p.level for p in found} == {"uitvoerend", None}
    assert {p.rule for p in found if p.level is None} == {"netwerk_zonder_beeld"}


def test_too_few_answers_to_show_anything_asks_for_more_answers_and_nothing_else():
    found = picks(uitvoerend="", management="", bestuur="")
    assert [(p.advice, p.level) for p in found] == [("algemeen_meer_mensen_bereiken", None)]


def test_no_answers_no_advice():
    assert pick(Published(minimum=5, groups=(), differences=(), hidden=()), INSTRUMENT) == ()


def test_a_difference_under_a_half_is_no_difference():
    assert not [p for p in picks(uitvoerend="regels 3.4", bestuur="regels 3.8") if p.pair]


# ---------------------------------------------------------------- order and wording


def test_the_order_is_that_of_the_phases_however_the_figures_come():
    shown = published(**NIJMEGEN)
    upside_down = replace(
        shown,
        groups=tuple(replace(g, figures=dict(reversed(g.figures.items()))) for g in reversed(shown.groups)),
        differences=tuple(reversed(shown.differences)),
    )
    found = pick(shown, INSTRUMENT)
    assert pick(upside_down, INSTRUMENT) == found
    for level in LEVELS:
        given = [INSTRUMENT.advice_by_key[p.advice].factor for p in found if p.level == level]
        places = [FACTORS.index(factor) for factor in given if factor]
        assert places == sorted(places)


def test_no_advice_comes_twice_for_a_level():
    given = [(p.advice, p.level, p.pair) for p in picks(**NIJMEGEN)]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("rule", INSTRUMENT.rules, ids=lambda rule: rule.key)
def test_a_rule_names_only_what_exists(rule):
    items = {*FACTORS, *INSTRUMENT.dimensions, INSTRUMENT.outcome.key, EVERY, SOME, EVERY_LEVEL, SOME_LEVEL}
    readings = {"level": BANDS | {SPLIT, HIDDEN}, "network": BANDS | {HIDDEN}, "pair": {"verschil", "groot_verschil"}}
    assert {condition.item for condition in rule.when} <= items
    assert {reading for condition in rule.when for reading in condition.readings} <= readings[rule.scope]
    assert set(rule.advice) <= set(INSTRUMENT.advice_by_key)
    assert set(rule.unless) <= {key for key, other in RULES.items() if other.scope == rule.scope}
    assert rule.sources


@pytest.mark.parametrize("rule", INSTRUMENT.rules, ids=lambda rule: rule.key)
def test_a_rule_is_short_and_plain(rule):
    """Five advices at most, two where a factor is in between; three sentences of twenty words at most."""
    sentences = re.split(r"(?<=[.?!])\s+", rule.sentence)
    assert 1 <= len(rule.advice) <= (2 if rule.key.endswith("_bespreken") else 5)
    assert len(sentences) <= 3
    assert max(len(sentence.split()) for sentence in sentences) <= 20
    assert not re.search(r"\d|uitvoerend|management|bestuur", rule.sentence)


def test_keys_are_unique():
    assert len(RULES) == len(INSTRUMENT.rules)
