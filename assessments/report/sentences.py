"""Chooses sentences by rule from published figures: what stands out, what to discuss, where levels differ.

Knows no blocks, no database and no figure that is not published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments import dutch
from assessments.disclosure.changes import Change
from assessments.disclosure.published import Difference, Figure, Published
from assessments.results.importance import PAST
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import GAP
from factors.instrument import LEVELS, Instrument

MOST_NAMED = 4  # in a list of groups; a sentence about one group has room for more
MOST_NAMED_ALONE = 6
Figures = Mapping[str, Figure]  # of factors only, in the order of the phases
Chosen = tuple[list[str], Figure]  # the factors that share a value, and the figure of the first of them


@dataclass(frozen=True)
class Voice:
    """Says whose figures a sentence speaks of.

    `at` names the voice in a sentence about several: 'op het uitvoerend niveau'. A sentence about one doesn't use it.
    """

    at: str
    figures: Figures


def factor_figures(figures: Mapping[str, Figure], instrument: Instrument) -> Figures:
    return {factor.key: figures[factor.key] for factor in instrument.factors if factor.key in figures}


def strongest(voices: Sequence[Voice], instrument: Instrument) -> str:
    """Returns what scores highest; one voice gets a whole sentence, several share one."""
    voices = [voice for voice in voices if voice.figures]
    if not voices:
        return "Geen enkele factor heeft genoeg antwoorden om te tonen."
    if len(voices) > 1:
        return f"De hoogste score: {_each(voices, _highest, instrument)}."
    return _strongest(voices[0], instrument)


def to_discuss(voices: Sequence[Voice], instrument: Instrument) -> str:
    """Returns what scores lowest and, for one voice, on which factors its opinions are split."""
    voices = [voice for voice in voices if voice.figures]
    if not voices:
        return "Zonder cijfers is er geen factor aan te wijzen om mee te beginnen."
    if len(voices) > 1:
        return f"De laagste score: {_each(voices, _lowest, instrument)}."
    return " ".join(filter(None, [_to_discuss(voices[0], instrument), _split(voices[0], instrument)]))


def _each(voices: Sequence[Voice], chosen: Callable[[Figures], Chosen], instrument: Instrument) -> str:
    parts = []
    for voice in voices:
        items, figure = chosen(voice.figures)
        everything = len(items) == len(voice.figures) > 1
        named = dutch.both(len(items)).lower() + " factoren" if everything else _some(items, instrument)
        parts.append(f"{voice.at} {named} ({dutch.score(figure)}: {figure.band})")
    return dutch.listing(parts)


def _strongest(voice: Voice, instrument: Instrument) -> str:
    items, figure = _highest(voice.figures)
    everything = len(voice.figures)
    if everything == 1:
        return f"Alleen {_names(items, instrument)} is te tonen: {_with_band(figure)}."
    if len(items) == everything:
        return f"{dutch.both(everything)} factoren komen uit op {_with_band(figure)}."
    named = _some(items, instrument, MOST_NAMED_ALONE)
    top = f"{named} {_verb(items, 'komt', 'komen')} het hoogst uit: {_with_band(figure)}."
    if figure.band == "zorg":
        return f"{_all(everything, 'zorg')} {dutch.capital(top)}"
    if figure.band == "bespreken":
        return f"{_none('sterk')} {dutch.capital(top)}"
    return f"{dutch.capital(top)} {_how_many('sterk', items, voice.figures)}".strip()


def _to_discuss(voice: Voice, instrument: Instrument) -> str:
    items, figure = _lowest(voice.figures)
    everything = len(voice.figures)
    if everything == 1:
        return "Met één factor valt er niets te vergelijken."
    if len(items) == everything:
        return "Geen factor komt lager uit dan de andere."
    if figure.band == "zorg":
        if PAST in voice.figures and PAST not in items and voice.figures[PAST].band == "zorg":
            return _past_first(items, figure, voice, instrument)
        first = f"{_some(items, instrument, MOST_NAMED_ALONE)} {_verb(items, 'vraagt', 'vragen')} het eerst om gesprek"
        return f"{dutch.capital(first)}: {_with_band(figure)}. {_how_many('zorg', items, voice.figures)}".strip()
    lowest = (
        f"{dutch.capital(_some(items, instrument, MOST_NAMED_ALONE))} {_verb(items, 'komt', 'komen')} het laagst uit"
    )
    if figure.band == "sterk":
        return f"{_none('zorg', 'bespreken')} {lowest}: {_with_band(figure)}."
    return f"{_none('zorg')} {lowest}: {_with_band(figure)}."


def _past_first(items: Sequence[str], figure: Figure, voice: Voice, instrument: Instrument) -> str:
    """Returns the sentences where voorgeschiedenis is low, but something else scores lowest."""
    past = _with_band(voice.figures[PAST])
    lowest = f"{_verb(items, 'scoort', 'scoren')} {_some(items, instrument, MOST_NAMED_ALONE)}: {_with_band(figure)}"
    return (
        f"De voorgeschiedenis vraagt het eerst om gesprek: {past}. Zij werkt door in de andere factoren. "
        f"Het laagst {lowest}. {_how_many('zorg', [PAST, *items], voice.figures)}"
    ).strip()


def _split(voice: Voice, instrument: Instrument) -> str:
    items = [item for item, figure in voice.figures.items() if figure.split]
    return f"De meningen zijn verdeeld over {_names(items, instrument)}." if items else ""


def behind_the_mean(published: Published, instrument: Instrument) -> str:
    """Returns what the network's mean does not tell, or ''.

    That is which factors are low at a level though not on average, and where a level is split.
    """
    network = published.group(NETWORK)
    if network is None:
        return ""
    low, split = [], []
    for level in published.shown_levels:
        group = published.group(level_group(level))
        figures = factor_figures(group.figures if group else {}, instrument)
        hidden = [item for item, figure in figures.items() if figure.band == "zorg" != _band(network.figures, item)]
        low += [f"{dutch.AT[level]} {_some(hidden, instrument)}"] if hidden else []
        in_two = [item for item, figure in figures.items() if figure.split]
        split += [f"{dutch.AT[level]} over {_some(in_two, instrument)}"] if in_two else []
    parts = (("Gemiddeld niet, maar per niveau wel het woord ‘zorg’", low), ("De meningen zijn verdeeld", split))
    return " ".join(f"{first}: {'; '.join(places)}." for first, places in parts if places)


def low_parts(published: Published, levels: Sequence[str], instrument: Instrument) -> str:
    """Returns which dimensions are low at these levels though their factor is not, the lowest first; or ''."""
    places = []
    for level in levels:
        group = published.group(level_group(level))
        if parts := _low_parts(group.figures if group else {}, instrument):
            named = [f"{dutch.lower(instrument.name(part))} ({dutch.score(figure)})" for part, figure in parts]
            said = dutch.listing(named) if len(named) <= MOST_NAMED else f"{dutch.count(len(named))} onderdelen"
            places.append(f"{dutch.AT[level]} {said}" if len(levels) > 1 else said)
    return f"Wel laag, binnen een factor: {'; '.join(places)}." if places else ""


def _low_parts(figures: Mapping[str, Figure], instrument: Instrument) -> list[tuple[str, Figure]]:
    parts = [(key, figures[key]) for key in instrument.dimensions if _band(figures, key) == "zorg"]
    parts = [(key, figure) for key, figure in parts if _band(figures, instrument.dimensions[key].factor) != "zorg"]
    return sorted(parts, key=lambda part: part[1].value)


def _band(figures: Mapping[str, Figure], item: str) -> str:
    return figures[item].band if item in figures else ""


def _some(items: Sequence[str], instrument: Instrument, most: int = MOST_NAMED) -> str:
    return _names(items, instrument) if len(items) <= most else f"{dutch.count(len(items))} factoren"


def _how_many(band: str, named: Sequence[str], figures: Figures) -> str:
    number = sum(figure.band == band for figure in figures.values())
    if number == len(figures):
        return _all(number, band)
    if number == len(named):
        return ""
    return f"In totaal krijgen {dutch.count(number)} van de {dutch.count(len(figures))} factoren het woord ‘{band}’."


def _all(number: int, band: str) -> str:
    return f"{dutch.both(number)} factoren krijgen het woord ‘{band}’."


def _none(*bands: str) -> str:
    quoted = dutch.listing([f"‘{band}’" for band in bands], last="of")
    return f"Geen factor krijgt het woord {quoted}."


def _highest(figures: Figures) -> Chosen:
    return _with_value(figures, max(figure.value for figure in figures.values()))


def _lowest(figures: Figures) -> Chosen:
    return _with_value(figures, min(figure.value for figure in figures.values()))


def _with_value(figures: Figures, value: Decimal) -> Chosen:
    items = [item for item, figure in figures.items() if figure.value == value]
    return items, figures[items[0]]


def _names(items: Sequence[str], instrument: Instrument) -> str:
    return dutch.listing([dutch.lower(instrument.name(item)) for item in items])


def _verb(items: Sequence[str], one: str, more: str) -> str:
    """Returns the verb for these factors; 'prikkels', 'regels' and 'middelen' are plural by themselves."""
    return more if len(items) > 1 or items[0] in ("prikkels", "regels", "middelen") else one


def _with_band(figure: Figure) -> str:
    return f"{dutch.score(figure)} ({figure.band})"


# Differences between the levels.


def weight(difference: Difference, published: Published) -> tuple[int, Decimal]:
    """Returns what differences are sorted by: their label, then the distance between the two published values."""
    a, b = (published.figure(level_group(level), difference.factor) for level in difference.levels)
    distance = abs(a.value - b.value) if a and b else Decimal()
    return list(dutch.GAP).index(difference.label), distance


def largest_first(published: Published, level: str | None = None) -> list[Difference]:
    """Returns the differences that count, of one level or of all, largest first; ties in the order of the phases."""
    found = [d for d in published.differences if d.label != "geen" and (level is None or level in d.levels)]
    return sorted(found, key=lambda d: weight(d, published), reverse=True)


def largest_difference(published: Published, instrument: Instrument, level: str | None = None) -> str:
    """Returns where levels differ most, or why that can't be seen, and which level is missing."""
    shown = published.shown_levels
    if len(shown) < 2 or (level and level not in shown):
        return _no_comparison(shown)
    found = largest_first(published, level)
    all_levels = "de niveaus die getoond worden," if missing_levels(published) else "de niveaus"
    whom = f"{dutch.LEVEL[level]} en de andere niveaus" if level else all_levels
    if not found:
        first = f"Tussen {whom} is op geen enkele factor een verschil van {dutch.number(GAP)} punt of meer."
    else:
        first = _largest(found, published, instrument)
    return " ".join([first, *missing_levels(published)])


def _largest(found: Sequence[Difference], published: Published, instrument: Instrument) -> str:
    top = found[0]
    equal = [d for d in found if weight(d, published) == weight(top, published)]
    if len(equal) == 1:
        return f"Het verschil is het grootst bij {_names([top.factor], instrument)}: {_compared(top, published)}."
    factors = list(dict.fromkeys(d.factor for d in equal))
    size = f" ({dutch.number(abs(top.size))} punt)" if top.size is not None else ""
    return (
        f"Het verschil is het grootst bij {_names(factors, instrument)}{size}. {_example(top, published, instrument)}"
    )


def _example(top: Difference, published: Published, instrument: Instrument) -> str:
    return f"{dutch.capital(_names([top.factor], instrument))}: {_compared(top, published)}."


def difference_sentence(found: Sequence[Difference], published: Published) -> str:
    """Returns the differences on one factor, without taking sides: each level's score, then which levels differ."""
    factor = found[0].factor
    levels = [level for level in LEVELS if any(level in difference.levels for difference in found)]
    figures = [(level, published.figure(level_group(level), factor)) for level in levels]
    parts = [f"{dutch.LEVEL[level]} op {dutch.score(figure)}" for level, figure in figures if figure]
    first = dutch.listing([parts[0].replace(" op ", " komt uit op ", 1), *parts[1:]])
    return " ".join([f"{dutch.capital(first)}.", *_labelled(found)])


def _labelled(found: Sequence[Difference]) -> list[str]:
    """Returns 'Groot verschil: uitvoerend en bestuur (1,3).', one such sentence a label, the largest first."""
    sentences = []
    for label in ("groot_verschil", "verschil"):
        pairs = [_pair(difference) for difference in found if difference.label == label]
        if pairs:
            sentences.append(f"{dutch.capital(dutch.GAP[label])}: {'; '.join(pairs)}.")
    return sentences


def _pair(difference: Difference) -> str:
    names = " en ".join(dutch.SHORT[level] for level in difference.levels)
    return f"{names} ({dutch.number(abs(difference.size))})" if difference.size is not None else names


def _compared(difference: Difference, published: Published) -> str:
    a, b = difference.levels
    scores = [published.figure(level_group(level), difference.factor) for level in difference.levels]
    first, second = (dutch.score(figure) if figure else dutch.HIDDEN for figure in scores)
    return f"{dutch.LEVEL[a]} komt uit op {first}, {dutch.LEVEL[b]} op {second}"


def missing_levels(published: Published) -> list[str]:
    """Returns a sentence for the levels that are hidden, and one for those that were not asked."""
    sentences = []
    if hidden := [dutch.LEVEL[level] for level in published.hidden_levels]:
        verb = "wordt" if len(hidden) == 1 else "worden"
        sentences.append(f"{dutch.capital(dutch.listing(hidden))} {verb} niet getoond: te weinig antwoorden.")
    if absent := [dutch.LEVEL[level] for level in published.absent_levels]:
        verb = "deed" if len(absent) == 1 else "deden"
        sentences.append(f"{dutch.capital(dutch.listing(absent))} {verb} niet mee in deze ronde.")
    return sentences


def _no_comparison(shown: Sequence[str]) -> str:
    if not shown:
        return "Verschillen tussen de niveaus zijn niet te zien: geen enkel niveau wordt getoond."
    return f"Verschillen tussen de niveaus zijn niet te zien: alleen {dutch.LEVEL[shown[0]]} wordt getoond."


def no_network_score(published: Published) -> str:
    """Returns why there is no score for the network as a whole, or '' where there is one."""
    if published.group(NETWORK):
        return ""
    if missing := missing_levels(published):
        return f"Er is geen score voor het hele netwerk. {' '.join(missing)}"
    return (
        "Er is geen score voor het hele netwerk: "
        "die is er alleen als van alle drie de niveaus een gemiddelde te zien is."
    )


# One factor.


def factor_sentence(groups: Sequence[tuple[str, Figure]], noun: str = "niveaus") -> str:
    """Returns which word the groups get (named as in 'het management'); groups with the same word share a clause."""
    by_band: dict[str, list[str]] = {}
    for name, figure in groups:
        by_band.setdefault(figure.band, []).append(name)
    if not by_band:
        return "Van deze factor is geen score te tonen."
    if len(by_band) == 1 and len(groups) > 1:
        band = next(iter(by_band))
        number = "Beide" if len(groups) == 2 else f"Alle {dutch.count(len(groups))} de"
        return f"{number} {noun} krijgen het woord ‘{band}’."
    (band, names), *others = by_band.items()
    first = f"{dutch.listing(names)} {'krijgt' if len(names) == 1 else 'krijgen'} het woord ‘{band}’"
    clauses = [first, *(f"{dutch.listing(names)} ‘{band}’" for band, names in others)]
    return f"{dutch.capital(dutch.listing(clauses))}."


def split_sentence(names: Sequence[str]) -> str:
    """Returns what *verdeeld* means for these groups, named as in 'op het uitvoerend niveau'; '' for none."""
    if not names:
        return ""
    where = dutch.capital(dutch.listing(names))
    return f"{where} zijn de meningen verdeeld: minstens een kwart zit onder de 3, en minstens een kwart op 4 of hoger."


# The previous round.


def change_sentence(found: Sequence[Change], instrument: Instrument) -> str:
    """Returns which factors of one group changed by more than chance explains, and what can be said of the others."""
    compared = [change for change in found if change.size is not None]
    judged = [change for change in compared if change.interval]
    if not compared:
        return "Geen enkele factor is te vergelijken met de vorige ronde."
    if not judged:
        return "Of een verandering meer is dan toeval, is niet te zeggen."
    moved = [change for change in judged if change.is_beyond_chance]
    up = [change for change in moved if change.size and change.size > 0]
    down = [change for change in moved if change not in up]
    clauses = [_moved(some, way, instrument) for some, way in ((up, "hoger"), (down, "lager")) if some]
    return " ".join([*clauses, *_not_moved(judged, len(judged) - len(moved), instrument)])


def _moved(some: Sequence[Change], way: str, instrument: Instrument) -> str:
    named = [f"{dutch.lower(instrument.name(c.factor))} ({dutch.signed(c.size)})" for c in some if c.size is not None]
    verb = _verb([change.factor for change in some], "is", "zijn")
    return f"{dutch.capital(dutch.listing(named))} {verb} waarschijnlijk echt {way} dan toen."


def _not_moved(judged: Sequence[Change], still: int, instrument: Instrument) -> list[str]:
    if not still:
        return []
    if still < len(judged):
        others = "de andere factor" if still == 1 else f"de andere {dutch.count(still)} factoren"
        return [f"Bij {others} met een interval kan het verschil toeval zijn."]
    if still == 1:
        return [f"Bij {_names([judged[0].factor], instrument)} kan het verschil toeval zijn."]
    everything = "beide" if still == 2 else f"alle {dutch.count(still)}"
    return [f"Bij {everything} factoren met een interval kan het verschil toeval zijn."]


def change_verdict(change: Change) -> str:
    """Returns in words what can be said of one change, or why nothing can be said; never more than chance allows."""
    if change.interval:
        said = "waarschijnlijk echt veranderd" if change.is_beyond_chance else "dat kan toeval zijn"
        low, high = (dutch.signed(bound) for bound in change.interval)
        return f"tussen {low} en {high}: {said}"
    if change.obstacle == "small" and change.group == NETWORK:
        return "niet te zeggen of dit toeval is: in een niveau te weinig mensen"
    return dutch.OBSTACLES[change.obstacle] if change.obstacle else ""


def agreed_sentence(total: int, done: int) -> str:
    """Returns how many of the agreed improvements were done; does not claim that a change comes from them."""
    if total == 1:
        first = "Na de vorige ronde is één verbeteractie afgesproken."
    else:
        number = "is er nog geen" if not done else "is er één" if done == 1 else f"zijn er {dutch.count(done)}"
        said = f"zijn ze alle {dutch.count(total)}" if done == total else number
        first = f"Van de {dutch.count(total)} verbeteracties die na de vorige ronde zijn afgesproken, {said} gedaan."
    return f"{first} Of een score daardoor veranderde, is niet te zeggen: intussen gebeurde er meer."
