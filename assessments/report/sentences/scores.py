"""Says which factors score highest and lowest, for one group or for several that are named, and what a mean hides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessments import dutch
from assessments.disclosure.published import Figure, Published
from assessments.report.sentences.words import (
    MOST_NAMED,
    MOST_NAMED_ALONE,
    Chosen,
    Figures,
    counted,
    every,
    factor_figures,
    highest,
    lowest,
    names,
    some,
    verb,
    with_band,
)
from assessments.scores.groups import NETWORK, level_group
from factors.instrument import Instrument


@dataclass(frozen=True)
class Voice:
    """Says whose figures a sentence speaks of. `at` names it, 'op het uitvoerend niveau'; '' is the report's own.

    The figures of one group never stand unnamed as another's.
    """

    at: str
    figures: Figures


def strongest(voices: Sequence[Voice], instrument: Instrument) -> str:
    """Returns what scores highest; the report's own voice gets a whole sentence, named ones share one."""
    voices = [voice for voice in voices if voice.figures]
    if not voices:
        return "Geen enkele factor is te tonen."
    if voices[0].at:
        return f"De hoogste score: {_each(voices, highest, instrument)}."
    return _strongest(voices[0].figures, instrument)


def weakest(voices: Sequence[Voice], instrument: Instrument) -> str:
    """Returns what scores lowest and, for the report's own voice, on which factors its opinions are split."""
    voices = [voice for voice in voices if voice.figures]
    if not voices:
        return "Zonder cijfers is er geen factor aan te wijzen om mee te beginnen."
    if voices[0].at:
        return f"De laagste score: {_each(voices, lowest, instrument)}."
    figures = voices[0].figures
    return " ".join(filter(None, [_weakest(figures, instrument), _split(figures, instrument)]))


def _each(voices: Sequence[Voice], chosen: Callable[[Figures], Chosen], instrument: Instrument) -> str:
    parts = []
    for voice in voices:
        items, figure = chosen(voice.figures)
        everything = len(items) == len(voice.figures) > 1
        named = every(len(items), instrument).lower() if everything else some(items, instrument)
        parts.append(f"{voice.at} {named} ({dutch.score(figure)}: {figure.band})")
    return dutch.listing(parts)


def _strongest(figures: Figures, instrument: Instrument) -> str:
    items, figure = highest(figures)
    if len(figures) == 1:
        return f"Alleen {names(items, instrument)} is te tonen: {with_band(figure)}."
    if len(items) == len(figures):
        return f"{every(len(items), instrument)} komen uit op {with_band(figure)}."
    named = some(items, instrument, MOST_NAMED_ALONE)
    top = f"{named} {verb(items, 'komt', 'komen')} het hoogst uit: {with_band(figure)}."
    if figure.band == "zorg":
        return f"{_all(len(figures), 'zorg', instrument)} {dutch.capital(top)}"
    if figure.band == "bespreken":
        return f"{_none(figures, instrument, 'sterk')} {dutch.capital(top)}"
    return f"{dutch.capital(top)} {_how_many('sterk', items, figures, instrument)}".strip()


def _weakest(figures: Figures, instrument: Instrument) -> str:
    items, figure = lowest(figures)
    if len(figures) == 1:
        return "Met één factor valt er niets te vergelijken."
    if len(items) == len(figures):
        return "Geen factor komt lager uit dan de andere." if figure.limit is None else ""
    named = dutch.capital(some(items, instrument, MOST_NAMED_ALONE))
    low = f"{named} {verb(items, 'komt', 'komen')} het laagst uit: {with_band(figure)}."
    if figure.band == "zorg":
        return f"{low} {_how_many('zorg', items, figures, instrument)}".strip()
    bands = ("zorg", "bespreken") if figure.band == "sterk" else ("zorg",)
    return f"{_none(figures, instrument, *bands)} {low}"


def _split(figures: Figures, instrument: Instrument) -> str:
    items = [item for item, figure in figures.items() if figure.split]
    return f"De meningen zijn verdeeld over {names(items, instrument)}." if items else ""


def _how_many(band: str, named: Sequence[str], figures: Figures, instrument: Instrument) -> str:
    number = sum(figure.band == band for figure in figures.values())
    if number == len(figures):
        return _all(number, band, instrument)
    if number == len(named):
        return ""
    return f"In totaal krijgen {dutch.count(number)} van de {counted(len(figures), instrument)} het woord ‘{band}’."


def _all(number: int, band: str, instrument: Instrument) -> str:
    return f"{every(number, instrument)} krijgen het woord ‘{band}’."


def _none(figures: Figures, instrument: Instrument, *bands: str) -> str:
    quoted = dutch.listing([f"‘{band}’" for band in bands], last="of")
    whole = len(figures) == len(instrument.factors)
    whose = "Geen factor" if whole else f"Geen van de {counted(len(figures), instrument)}"
    return f"{whose} krijgt het woord {quoted}."


def behind_the_mean(published: Published, instrument: Instrument) -> str:
    """Returns what the network's mean does not tell, or ''.

    That is which factors are low at a level though not on average, and where a level is split.
    """
    network = published.group(NETWORK)
    if network is None:
        return ""
    low, split = [], []
    for level in published.shown_levels:
        figures = factor_figures(published.group(level_group(level)), instrument)
        hidden = [
            item for item, f in figures.items() if f.band == "zorg" and _band(network.figures, item) not in ("", "zorg")
        ]
        low += [f"{dutch.AT[level]} {some(hidden, instrument)}"] if hidden else []
        in_two = [item for item, figure in figures.items() if figure.split]
        split += [f"{dutch.AT[level]} over {some(in_two, instrument)}"] if in_two else []
    parts = (("Achter het gemiddelde van de niveaus zit een lage score", low), ("De meningen zijn verdeeld", split))
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


def split_sentence(named: Sequence[str]) -> str:
    """Returns what *verdeeld* means for these groups, named as in 'op het uitvoerend niveau'; '' for none."""
    if not named:
        return ""
    where = dutch.capital(dutch.listing(named))
    return f"{where} zijn de meningen verdeeld: minstens een kwart zit onder de 3, en minstens een kwart op 4 of hoger."
