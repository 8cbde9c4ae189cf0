"""Each rule of fixtures/instrument/rules.yaml has a case here, in words, with what is published in such a case."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from assessments.disclosure.published import Difference, Figure, Hidden, Published, PublishedGroup
from assessments.results.advice import pick, up_front
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import band, gap_label, half_up
from factors.instrument import EVERY, LEVELS
from tests.instrument import INSTRUMENT

RULES = {rule.key: rule for rule in INSTRUMENT.rules}
FACTORS = [factor.key for factor in INSTRUMENT.factors]
BANDS = {"zorg", "bespreken", "sterk"}

# ---------------------------------------------------------------- from words to published figures

MEANS = {"zorg": "2.0", "bespreken": "3.5", "sterk": "4.5", "verdeeld": "3.5"}


def figures(words):
    """Returns the published figures that words such as 'regels zorg, vertrouwen 3.4' describe.

    'elke_factor sterk' is all eleven; later words win.
    """
    found = {}
    for item, reading in (entry.split() for entry in filter(None, words.split(", "))):
        mean = Decimal(MEANS.get(reading, reading))
        for key in FACTORS if item == EVERY else [item]:
            found[key] = Figure(n=12, band=band(mean), mean=mean, split=reading == "verdeeld")
    return found


def published(**levels):
    """Returns what is published where the levels have these words; an item without a word is hidden.

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
    """Returns what stands up front for a level where the levels have these words."""
    return up_front(picks(**levels), level, published(**levels), INSTRUMENT)


def advice_of(rule, found):
    return [p.advice for p in found if p.rule == rule]


# ---------------------------------------------------------------- a case for each rule

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
    """Yields for each case the rule, the words by level, and the advice that is expected."""
    for case in re.split(r"\n(?=\S)", CASES.strip()):
        rule, who, rest = " ".join(case.split()).split(" | ")
        words, expected = rest.split(": ")
        yield rule, dict(zip(who.split("/"), words.split("/"), strict=True)), expected.split()


TABLE = list(read_cases())
