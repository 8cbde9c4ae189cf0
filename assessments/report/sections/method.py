"""Tells how the report was made: versions, rules and limits, what is hidden and why, and what it cannot show."""

from __future__ import annotations

from collections import Counter

from assessments import dutch
from assessments.disclosure.groups import Why
from assessments.disclosure.published import Hidden
from assessments.report.blocks import Block, Cell, Heading, Points, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group
from assessments.scores.readings import CONCERN, GAP, LARGE_GAP, LEAST_SPREAD, LIMITS, STRONG, half_up, least_spread
from assessments.scores.reliability import LEAST_COMPLETE, Alpha
from factors.instrument import Instrument, Statement

FEW = 6
_CHANGE = (
    "Een verandering is de afgeronde score van nu min die van toen. Zij wordt alleen berekend als de stellingen van de "
    "factor gelijk bleven.",
    "Het interval van een verandering (Welch, 95 %) volgt uit de scores, de aantallen en de spreiding van beide "
    "rondes. De spreiding is de standaardafwijking met één decimaal; die staat niet in dit rapport. Aan beide kanten "
    "komt er 0,1 bij: zo veel kan het afronden van twee scores schelen.",
    "Bij een verandering gelden beide rondes als steekproef, ook als iedereen meedeed. Deden dezelfde mensen mee, "
    "dan is het interval eerder te breed dan te smal.",
)
_WHAT_ALPHA_SAYS = (
    "Cronbachs alfa zegt hoe sterk de antwoorden op de stellingen van één factor samenhangen; 1 is het hoogst. "
    "Alfa gaat over alle niveaus samen. Over hoe goed de samenwerking is, zegt alfa niets."
)
_WHO_IS_IN_ALPHA = (
    "Alleen wie alle stellingen van een factor beantwoordde, telt mee (‘weet ik niet’ is geen antwoord); een stelling "
    "waarop iedereen hetzelfde koos, telt mee met spreiding 0. Ouders, en mensen met een open link, tellen niet mee. "
    f"Bij minder dan {LEAST_COMPLETE} mensen, of als hun scores bijna gelijk zijn, is er geen alfa. "
    "Het interval (Feldt, 95 %) volgt uit de afgeronde alfa en de twee aantallen."
)


def method(ctx: Context) -> Section:
    blocks: list[Block] = [
        _made_from(ctx),
        Heading("Wat dit rapport niet laat zien"),
        Points(limits(ctx)),
        Heading("Hoe er gerekend is"),
        Points(_rules(ctx)),
        *_reworded(ctx.instrument),
        *_reliability(ctx),
        Heading("Wat niet getoond wordt, en waarom"),
        *_hidden(ctx),
    ]
    return Section("verantwoording", "Hoe dit rapport is gemaakt", tuple(blocks), is_annex=True)


def _made_from(ctx: Context) -> Table:
    facts = ctx.facts
    rows = [
        ("Netwerk", facts.network),
        ("Ronde", facts.round),
        ("Gesloten op", dutch.day(facts.closed_on) if facts.closed_on else "niet bekend"),
        ("Kleinste groep die te zien is", dutch.people(ctx.published.minimum)),
        ("Versie van de vragenlijst", f"{ctx.results.instrument} ({_statements(ctx)})"),
        ("Versie van de regels voor advies", ctx.results.rules),
    ]
    return Table(
        "Gegevens van dit rapport", ("Wat", "Waarde"), tuple(Row(k, (Cell(v),)) for k, v in rows), style="text"
    )


def _statements(ctx: Context) -> str:
    """Returns how many statements people saw; ouders, where they took part, saw others than the partners."""
    ouders = len(ctx.instrument.ouders.statements)
    seen = f"{len(ctx.instrument.statements) - ouders} stellingen"
    took_part = OUDERS_GROUP in ctx.published.took_part
    return f"{seen}; ouders en jongeren hadden er {ouders}" if took_part else seen


def limits(ctx: Context) -> tuple[str, ...]:
    return (
        ctx.instrument.note,
        "De scores zijn meningen van wie meedeed, op één moment. Zij meten niet wat kinderen en gezinnen merken.",
        "Een verschil tussen twee niveaus heeft vaak meer oorzaken. Dit rapport toont het verschil, niet de oorzaak.",
        "Op het niveau bestuur doen vaak maar enkele mensen mee. De coördinator kan daar zelf bij horen. "
        "Wie het eigen antwoord kent, kan soms iets over de anderen afleiden.",
        "Bij een respons onder 50 % kan de uitkomst anders zijn dan als iedereen had meegedaan.",
    )


def _rules(ctx: Context) -> tuple[str, ...]:
    least = dutch.number(LEAST_SPREAD)
    rules = (
        "Alleen vragenlijsten die zijn verstuurd, tellen mee.",
        "De score van een persoon is het gemiddelde van de beantwoorde stellingen van een factor of dimensie. "
        "Ten minste de helft moet beantwoord zijn. ‘Weet ik niet’ telt niet als antwoord.",
        "De score van een niveau, partner of sector is het gemiddelde van de mensen daar. "
        "De score van het netwerk is het gemiddelde van de drie niveaus. "
        "Ontbreekt er een, dan heeft het netwerk geen score.",
        "Scores hebben één decimaal. Alles wat dit rapport erover zegt, gaat uit van die afgeronde score.",
        f"De grenzen van de woorden ({dutch.number(CONCERN)} en {dutch.number(STRONG)}) volgen een vuistregel van de "
        "Wilder Collaboration Factors Inventory. "
        f"Ook de grenzen voor een verschil ({dutch.number(GAP)} en {dutch.number(LARGE_GAP)}) zijn een keuze, "
        "geen norm.",
        "Het interval houdt er rekening mee hoeveel van de uitgenodigde mensen meededen. "
        f"Deed iedereen mee, dan is er geen interval. Een spreiding onder {least} telt bij elk interval als {least},"
        f" en bij een dimensie van twee stellingen als {dutch.number(half_up(least_spread(2)))}.",
        f"Ligt het gemiddelde van een kleine groep onder {dutch.number(LIMITS['low'])} "
        f"of boven {dutch.number(LIMITS['high'])}, dan staat er ‘{dutch.LIMITS['low']}’ of ‘{dutch.LIMITS['high']}’. "
        "Dat staat er ook bij een grotere groep, als bijna alle antwoorden 1 zijn of bijna alle antwoorden 5.",
        "Van een dimensie met maar één stelling ziet u alleen de score en het aantal mensen.",
        "Het aandeel ‘weet ik niet’ is afgerond op tientallen procenten.",
        "Een partner (of sector) en een niveau worden nooit samen getoond.",
    )
    return (*rules, *_CHANGE) if ctx.facts.previous else rules


def _reworded(instrument: Instrument) -> list[Block]:
    """Returns the statements that a level read in words of its own: a difference must not come from the words."""
    if not instrument.reworded:
        return []
    return [
        Heading("Stellingen met eigen woorden voor een niveau"),
        Text(
            "Niet elk niveau kan elke stelling zo beantwoorden. Bij deze stellingen kreeg een niveau eigen woorden: "
            "dezelfde bewering, gezien vanuit het eigen werk. De andere niveaus lazen de eerste zin."
        ),
        Points(tuple(_in_words(statement) for statement in instrument.reworded)),
    ]


def _in_words(statement: Statement) -> str:
    own = [f"{dutch.capital(dutch.LEVEL[level])}: ‘{text}’" for level, text in statement.texts.items()]
    return " ".join([f"‘{statement.text}’", *own])


def _reliability(ctx: Context) -> list[Block]:
    """Returns Cronbach's alpha of the factors that have one; most rounds are too small for any."""
    found = ctx.results.reliability
    own = [factor for factor in ctx.instrument.factors if factor.key in found]
    if not own:
        return []
    rows = tuple(Row(factor.name, _of_alpha(found[factor.key])) for factor in own)
    return [
        Heading("Hoe sterk de antwoorden op een factor samenhangen"),
        Text(_WHAT_ALPHA_SAYS),
        Table("Cronbachs alfa per factor", ("Factor", "Alfa", "Interval", "Stellingen", "Mensen"), rows),
        Text(_WHO_IS_IN_ALPHA, style="note"),
    ]


def _of_alpha(alpha: Alpha) -> tuple[Cell, ...]:
    low, high = alpha.interval
    texts = (dutch.number(alpha.alpha), f"{dutch.number(low)} tot {dutch.number(high)}", str(alpha.k), str(alpha.n))
    return tuple(Cell(text, is_number=True) for text in texts)


def _hidden(ctx: Context) -> list[Block]:
    minimum = dutch.count(ctx.published.minimum)
    intro = (
        f"Een score wordt getoond als zij op minstens {minimum} mensen rust. Soms blijft ook een grotere groep weg: "
        "als uit de andere cijfers de antwoorden van een kleine groep zijn uit te rekenen."
    )
    mine = [hidden for hidden in ctx.published.hidden if _concerns(ctx, hidden.group)]
    if not mine:
        return [Text(f"{intro} In dit rapport is dat nergens gebeurd.")]
    counts = Counter((hidden.group, _what(hidden, ctx.instrument), hidden.why) for hidden in mine)
    rows = tuple(
        Row(
            dutch.capital(ctx.name(group)),
            (Cell(_items(ctx, mine, group, what, why, number)), Cell(_why(group, why))),
        )
        for (group, what, why), number in counts.items()
    )
    return [Text(intro), Table("Niet getoond", ("Groep", "Wat", "Waarom"), rows, style="text")]


def _why(group: Group, why: Why) -> str:
    """Returns why a group is hidden; the network is never too small by itself, but misses what a level misses."""
    return "niet van elk niveau te zien" if group == NETWORK and why == "small" else dutch.WHY_HIDDEN[why]


def _concerns(ctx: Context, group: Group) -> bool:
    """Tells whether this report speaks of the group: a level's or part's report names no other part."""
    return not group.is_part or group == ctx.subject.group or ctx.subject.group.kind == "network"


def _what(hidden: Hidden, instrument: Instrument) -> str:
    return "group" if hidden.item is None else instrument.scales[hidden.item].kind


def _items(ctx: Context, mine: list[Hidden], group: Group, what: str, why: str, number: int) -> str:
    if what == "group":
        return "de hele groep"
    names = [
        ctx.instrument.name(hidden.item)
        for hidden in mine
        if hidden.item and hidden.group == group and hidden.why == why and _what(hidden, ctx.instrument) == what
    ]
    if number <= FEW:
        return dutch.listing([dutch.lower(name) for name in names])
    return f"{number} {'dimensies' if what == 'dimension' else 'factoren'}"
