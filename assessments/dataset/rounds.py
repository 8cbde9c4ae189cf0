"""Fills the table of rounds: of which network, asked when, how, and of how many. Knows no figure."""

from __future__ import annotations

from collections.abc import Iterator

from assessments import dutch
from assessments.dataset.published import KEYS, YES_NO, PublishedRound, Rounds, each, yes_no
from assessments.dataset.tables import Column, Row, Table
from assessments.models.networks import CollaborationForm, Inhabitants, Scope, TeamTargetGroup
from assessments.models.rounds import ShownBy
from factors.instrument import LEVELS

_NETWORK, _NUMBER, _ID = KEYS
_FROZEN = "Leeg bij rondes die sloten voordat dit werd bewaard, en bij minder genodigden dan de kleinste groep."
_MINIMUM = "Vast sinds de ronde opende. Van ouders en jongeren zijn er altijd minstens 5 nodig."
_BY_LEVEL = (
    "Alleen waar op het niveau minstens de kleinste groep was uitgenodigd, en sommigen meededen en anderen niet. Ook "
    "dan niet als uit alle aantallen samen volgt hoeveel van minder mensen er meededen. De tabel groups heeft het "
    "aantal mensen met een score."
)

# What makes networks comparable. Inhabitants are in classes: the network's name, which is in the table too, tells more
# about which network it is than any of these.
CONTEXT = (
    Column("scope", "Omvang van het netwerk", "choice", dict(Scope.choices), is_ordered=True),
    Column("inhabitants", "Aantal inwoners, in klassen", "choice", dict(Inhabitants.choices), is_ordered=True),
    Column("team_target_group", "Voor wie het wijkteam werkt", "choice", dict(TeamTargetGroup.choices)),
    Column("jgz_in_team", "Jeugdgezondheidszorg is deel van het wijkteam", "choice", YES_NO),
    Column("collaboration_form", "Vorm van samenwerking", "choice", dict(CollaborationForm.choices)),
)
RESPONSE = tuple(
    Column(f"{what}_{level}", f"{label} {dutch.AT[level]}", "count", note=_BY_LEVEL)
    for level in LEVELS
    for what, label in (("invited", "Uitgenodigd"), ("answered", "Ingevuld en verstuurd"))
)
PROCESS = (
    Column("invited", "Mensen op de lijst met een eigen link", "count", note=_FROZEN),
    Column("invitations_sent", "Uitnodigingen die zijn verstuurd", "count", note=_FROZEN),
    Column("undelivered", "Mensen bij wie een bericht niet aankwam", "count", note=_FROZEN),
    Column(
        "reminders_sent",
        "Herinneringen die zijn verstuurd, mensen maal soort herinnering",
        "count",
        note=f"Ook berichten dat er meer tijd is en dat de ronde bijna sluit. {_FROZEN}",
    ),
    Column("opted_out", "Mensen die lieten weten niet mee te doen", "count", note=_FROZEN),
    Column("wrong_person", "Mensen die lieten weten niet de juiste persoon te zijn", "count", note=_FROZEN),
    Column("open_links", "Open links voor teams", "count", note=_FROZEN),
    Column("open_links_room", "Mensen die de open links van teams samen hoogstens toelaten", "count", note=_FROZEN),
)

COLUMNS = (
    _NETWORK,
    Column("network_name", "Naam van het netwerk", "text"),
    Column("municipalities", "Gemeenten, zoals de coördinator ze opgaf", "text"),
    Column("municipality_codes", "Codes van die gemeenten bij het CBS, met ; ertussen", "text"),
    *CONTEXT,
    _NUMBER,
    _ID,
    Column("round_name", "Naam van de ronde", "text"),
    Column("opened_on", "Dag waarop de ronde opende", "date"),
    Column("closed_on", "Dag waarop de ronde sloot", "date"),
    Column("constructed", "De antwoorden zijn bedacht, niet verzameld", "choice", YES_NO),
    Column("instrument", "Versie van de vragenlijst", "text"),
    Column("rules", "Versie van de regels die adviezen kiezen", "text"),
    Column("minimum", "Kleinste aantal mensen waarvan een score te zien is", "count", note=_MINIMUM),
    Column("shown_by", "Wat de ronde toont naast de niveaus", "choice", dict(ShownBy.choices)),
    *RESPONSE,
    *PROCESS,
)


def rounds_table(rounds: Rounds) -> Table:
    return Table(
        "rounds",
        "Rondes",
        "Elke rij is een ronde van een netwerk: wie er gevraagd zijn, wanneer en hoe.",
        COLUMNS,
        ("network", "round"),
        each(rounds, _rows),
    )


def _rows(round: PublishedRound) -> Iterator[Row]:
    counts = {
        f"{what}_{level}": people
        for level, both in round.response.items()
        for what, people in zip(("invited", "answered"), both, strict=True)
    }
    yield {
        "network_name": round.network,
        "municipalities": "; ".join(name for _, name in round.municipalities) or None,
        "municipality_codes": ";".join(code for code, _ in round.municipalities if code) or None,
        **round.context,
        "round_name": round.name,
        "opened_on": round.opened_on,
        "closed_on": round.closed_on,
        "constructed": yes_no(round.is_constructed),
        "instrument": round.results.instrument,
        "rules": round.results.rules,
        "minimum": round.results.published.minimum,
        "shown_by": round.shown_by,
        **counts,
        **round.process,
    }
