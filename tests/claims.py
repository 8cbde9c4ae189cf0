"""Reads the sentences of a report back, and tells which of their claims do not follow from what is published.

It knows the sentences by their form and the figures as a reader has them: a mean is that value, a limit is anything
from there to the end of the scale. It shares no code with what makes the sentences but the Dutch names of things.
"""

import re
from decimal import Decimal
from itertools import combinations

from assessments import dutch
from assessments.scores.groups import NETWORK, level_group
from factors.instrument import LEVELS
from tests.instrument import INSTRUMENT

FACTORS = [factor.key for factor in INSTRUMENT.factors]
KEYS = {dutch.lower(INSTRUMENT.name(key)): key for key in FACTORS}
LEVEL = {name: level for level, name in dutch.LEVEL.items()}
AT = {name: level for level, name in dutch.AT.items()}
WORDS = {word: number for number, word in enumerate(dutch.NUMBERS)}
SCORE = r"1,5 of lager|4,5 of hoger|\d,\d"
BAND = "sterk|bespreken|zorg"
WITH_BAND = rf"(?P<score>{SCORE}) \((?P<band>{BAND})\)"
ENDS = {"1,5 of lager": (Decimal(1), Decimal("1.5")), "4,5 of hoger": (Decimal("4.5"), Decimal(5))}
MOST_WORDS = 25


class Wrong(AssertionError):
    """A sentence claims what does not follow."""


def claim(holds, why):
    if not holds:
        raise Wrong(why)


def bounds(figure):
    if figure.mean is not None:
        return figure.mean, figure.mean
    return ENDS["1,5 of lager" if figure.limit == "low" else "4,5 of hoger"]


def said(text):
    """Returns what a score in a sentence can be."""
    return ENDS.get(text) or (Decimal(text.replace(",", ".")),) * 2


def number(text):
    return WORDS[text.lower()] if text.lower() in WORDS else int(text)


def listed(text):
    return [part for piece in text.split(", ") for part in piece.split(" en ")]


def factors_of(figures):
    return {key: figures[key] for key in FACTORS if key in figures}


class Reader:
    """Holds whose sentences are read: what is published, and the group that they are about."""

    def __init__(self, published, level=None):
        self.published = published
        self.level = level
        self.own = self.of(level_group(level) if level else NETWORK)
        self.shown = [v for v in LEVELS if published.group(level_group(v))]

    def of(self, group):
        found = self.published.group(group)
        return factors_of(found.figures) if found else {}

    def at(self, level):
        return self.of(level_group(level))

    def read(self, text):
        """Reads a text sentence by sentence. Raises Wrong at the first that does not follow, or is not known."""
        while text:
            for pattern, check in SENTENCES:
                if found := pattern.match(text):
                    check(self, found)
                    text = text[found.end() :].lstrip()
                    break
            else:
                raise Wrong(f"no such sentence: {text}")

    def gaps(self, a, b):
        """Returns by factor how much higher `a` is than `b`, at least and at most."""
        first, second = self.at(a), self.at(b)
        return {
            key: (bounds(first[key])[0] - bounds(second[key])[1], bounds(first[key])[1] - bounds(second[key])[0])
            for key in first
            if key in second
        }

    def pairs(self):
        return [pair for pair in combinations(self.shown, 2) if self.level in (None, *pair)]


def distance(gap):
    low, high = gap
    return max(low, -high, Decimal()), max(high, -low)


def is_whole(text, figures):
    """Tells whether the number of factors is said rightly: 'elf factoren', or fewer 'getoonde' ones."""
    return ("getoonde" in text) == (len(figures) < len(FACTORS))


def at_the_end(items, score, figures, end):
    """Checks that these factors, and no others, can be the highest (or lowest), with the score that is said."""
    low, high = said(score)
    rest = [bounds(figures[key]) for key in figures if key not in items]
    for key in items:
        claim(low <= bounds(figures[key])[0] and bounds(figures[key])[1] <= high, f"{key} is not {score}")
    beyond = all(up < low for _, up in rest) if end == "high" else all(down > high for down, _ in rest)
    claim(beyond, f"others reach {score} too")


def named(text, figures, score):
    """Returns the keys that are named or, where they are counted, those that have this score."""
    if found := re.fullmatch(r"(?:alle |beide ?)?((?!getoonde)\w+)? ?(?:getoonde )?factoren", text, re.IGNORECASE):
        low, high = said(score)
        keys = [key for key in figures if low <= bounds(figures[key])[0] and bounds(figures[key])[1] <= high]
        claim(len(keys) == (number(found[1]) if found[1] else 2), f"{len(keys)} have {score}, said is {text}")
        return keys
    return [KEYS[name] for name in listed(dutch.lower(text))]


SENTENCES = []


def sentence(form):
    """Registers the check of a sentence with this form."""

    def register(check):
        SENTENCES.append((re.compile(form), check))
        return check

    return register


# What scores highest and lowest.


@sentence(rf"Alleen (?P<one>[^.:]+) is te tonen: {WITH_BAND}\.")
def _(reader, found):
    claim(list(reader.own) == [KEYS[found["one"]]], "more is shown")
    at_the_end(list(reader.own), found["score"], reader.own, "high")


@sentence(rf"(?P<all>(?:Alle|Beide)[^.:]* factoren) komen uit op {WITH_BAND}\.")
def _(reader, found):
    claim(len(named(found["all"], reader.own, found["score"])) == len(reader.own), "not all")
    claim(is_whole(found["all"], reader.own), found["all"])


@sentence(rf"(?P<what>[^.:]+?) (?:komt|komen) het (?P<end>hoogst|laagst) uit: {WITH_BAND}\.")
def _(reader, found):
    keys = named(found["what"], reader.own, found["score"])
    at_the_end(keys, found["score"], reader.own, "high" if found["end"] == "hoogst" else "low")
    claim(all(reader.own[key].band == found["band"] for key in keys), found["band"])


@sentence(rf"(?P<all>(?:Alle|Beide)[^.:]* factoren) krijgen het woord ‘(?P<band>{BAND})’\.")
def _(reader, found):
    claim({figure.band for figure in reader.own.values()} == {found["band"]}, found[0])
    claim(is_whole(found["all"], reader.own), found["all"])


@sentence(
    rf"In totaal krijgen (?P<some>\w+) van de (?P<all>\w+)(?P<noun> (?:getoonde )?factoren) "
    rf"het woord ‘(?P<band>{BAND})’\."
)
def _(reader, found):
    some = [key for key, figure in reader.own.items() if figure.band == found["band"]]
    claim((len(some), len(reader.own)) == (number(found["some"]), number(found["all"])), found[0])
    claim(is_whole(found["noun"], reader.own), found[0])


@sentence(r"Geen (?P<all>factor|van de \w+ getoonde factoren) krijgt het woord (?P<bands>[^.]+)\.")
def _(reader, found):
    bands = re.findall(rf"‘({BAND})’", found["bands"])
    claim(not any(figure.band in bands for figure in reader.own.values()), found[0])
    claim(is_whole(found["all"], reader.own), found[0])


@sentence(r"Geen factor komt lager uit dan de andere\.")
def _(reader, found):
    claim(len({bounds(figure) for figure in reader.own.values()}) == 1, found[0])


@sentence(r"Met één factor valt er niets te vergelijken\.")
def _(reader, found):
    claim(len(reader.own) == 1, found[0])


@sentence(
    r"Geen enkele factor is te tonen\."
    r"|Zonder cijfers is er geen factor aan te wijzen om mee te beginnen\."
)
def _(reader, found):
    claim(not reader.own and (reader.level or not any(map(reader.at, LEVELS))), found[0])


PLACE = "|".join(dutch.AT[level] for level in LEVELS)
EACH = re.compile(rf"(?P<at>{PLACE}) (?P<what>[^(]+) \((?P<score>{SCORE}): (?P<band>{BAND})\)(?:, | en |$)")


@sentence(rf"De (?P<end>hoogste|laagste) score: (?P<parts>(?:(?:{PLACE}) [^(]+ \([^)]+\)(?:, | en )?)+)\.")
def _(reader, found):
    told = list(EACH.finditer(found["parts"]))
    claim([AT[part["at"]] for part in told] == [v for v in reader.shown if reader.at(v)], "a level is passed over")
    claim(reader.level is None and len(reader.own) < len(FACTORS), "the network speaks for itself")
    for part in told:
        figures = reader.at(AT[part["at"]])
        keys = named(part["what"], figures, part["score"])
        at_the_end(keys, part["score"], figures, "high" if found["end"] == "hoogste" else "low")
        claim(all(figures[key].band == part["band"] for key in keys), found[0])


@sentence(r"De meningen zijn verdeeld over (?P<what>[^.:;]+)\.")
def _(reader, found):
    split = {key for key, figure in reader.own.items() if figure.split}
    claim(split == {KEYS[name] for name in listed(found["what"])}, found[0])


@sentence(
    r"(?P<what>De meningen zijn verdeeld|Achter het gemiddelde van de niveaus zit een lage score): (?P<parts>[^.]+)\."
)
def _(reader, found):
    network = reader.own
    for part in found["parts"].split("; "):
        at = next(place for place in AT if part.startswith(place))
        figures = reader.at(AT[at])
        if "verdeeld" in found["what"]:
            keys = {key for key, figure in figures.items() if figure.split}
        else:
            keys = {
                key for key, f in figures.items() if f.band == "zorg" and key in network and network[key].band != "zorg"
            }
        what = part.removeprefix(at).removeprefix(" over").strip()
        counted = re.fullmatch(r"(\w+) factoren", what)
        claim(len(keys) == number(counted[1]) if counted else keys == {KEYS[n] for n in listed(what)}, found[0])


@sentence(r"Wel laag, binnen een factor: (?P<parts>[^.]+)\.")
def _(reader, found):
    for part in found["parts"].split("; "):
        at = next((place for place in AT if part.startswith(place)), None)
        level = AT[at] if at else reader.level or reader.shown[0]
        figures = reader.published.group(level_group(level)).figures
        low = {key for key in INSTRUMENT.dimensions if key in figures and figures[key].band == "zorg"}
        low = {k for k in low if getattr(figures.get(INSTRUMENT.dimensions[k].factor), "band", "") != "zorg"}
        if counted := re.search(r"(\w+) onderdelen$", part):
            claim(len(low) == number(counted[1]), found[0])
            continue
        told = re.findall(rf"(.+?) \(({SCORE})\)(?:, | en |$)", part.removeprefix(at or "").strip())
        expected = {(dutch.lower(INSTRUMENT.name(key)), bounds(figures[key])) for key in low}
        claim({(name, said(score)) for name, score in told} == expected, found[0])


# What may colour what.

MAIN = "communicatie, vertrouwen, toewijding en gedeeld begrip"  # Verstappen (2021), figure 7
MAY = "kan volgens een van de studies andere factoren kleuren, vooral"


def of_history(reader, group):
    return reader.of(group).get("voorgeschiedenis")


@sentence(rf"Voorgeschiedenis scoort laag \((?P<score>{SCORE}): zorg\) en {MAY} (?P<what>.+? \([^)]+\))\.")
def _(reader, found):
    own = reader.own.get("voorgeschiedenis")
    claim(own and own.band == "zorg" and said(found["score"]) == bounds(own), found[0])
    told = dict(re.findall(r"(?:^|, | en )([a-z ]+?) \(([^)]+)\)", found["what"]))
    claim(list(told) == listed(MAIN), found[0])
    for name, score in told.items():
        figure = reader.own.get(KEYS[name])
        claim(bounds(figure) == said(score) if figure else score == "niet getoond", f"{name} is not {score}")


@sentence(
    rf"Voorgeschiedenis scoort (?:gemiddeld niet laag \((?P<mean>{SCORE})\), maar wel|laag) "
    rf"(?P<where>[^;]+); dat {MAY} {MAIN}\."
)
def _(reader, found):
    claim(reader.level is None, "a level's report speaks of that level")
    own = reader.own.get("voorgeschiedenis")
    claim(bool(own) == bool(found["mean"]), found[0])
    claim(not own or (own.band != "zorg" and said(found["mean"]) == bounds(own)), found[0])
    figures = {dutch.AT[level]: of_history(reader, level_group(level)) for level in reader.shown}
    low = {place: bounds(figure) for place, figure in figures.items() if figure and figure.band == "zorg"}
    told = re.findall(rf"({PLACE}) \(({SCORE})\)(?:, | en |$)", found["where"])
    claim({place: said(score) for place, score in told} == low != {}, found[0])


@sentence(rf"Voorgeschiedenis {MAY} {MAIN}, maar (?P<but>[^.]+)\.")
def _(reader, found):
    groups = [level_group(reader.level)] if reader.level else [NETWORK, *map(level_group, reader.shown)]
    seen = [figure for group in groups if (figure := of_history(reader, group))]
    claim(not any(figure.band == "zorg" for figure in seen), found[0])
    if here := re.fullmatch(rf"scoort hier niet laag: {WITH_BAND}", found["but"]):
        own = reader.own["voorgeschiedenis"]
        claim((said(here["score"]), here["band"]) == (bounds(own), own.band), found[0])
    else:
        words = {"scoort nergens laag, voor zover dat te zien is": True, "is hier niet te tonen": False}
        claim("voorgeschiedenis" not in reader.own and words[found["but"]] == bool(seen), found[0])


# Between levels.

WHO = f"(?i:{'|'.join(dutch.LEVEL[level] for level in LEVELS)})"


@sentence(
    rf"(?P<own>{WHO}) ziet de samenwerking (?P<how>positiever|minder positief) dan (?P<other>{WHO}): op "
    rf"(?:alle (?P<all>\w+)|(?P<some>\w+) van de (?P<of>\w+)) (?P<noun>(?:vergelijkbare )?factoren)"
    rf"(?:, (?P<most>het meest|onder meer) bij (?P<what>[^(.]+?))?(?: \((?P<scores>[^)]+)\))?\."
)
def _(reader, found):
    own, other = LEVEL[dutch.lower(found["own"])], LEVEL[found["other"]]
    claim(reader.level in (None, own), "a level's report begins with that level")
    brighter, than = (own, other) if found["how"] == "positiever" else (other, own)
    gaps = reader.gaps(brighter, than)
    above = {key: gap for key, gap in gaps.items() if gap[0] > 0}
    known = [key for key, gap in gaps.items() if gap[0] > 0 or gap[1] < 0 or gap == (0, 0)]
    claim(len(above) == number(found["all"] or found["some"]), f"{len(above)} are above")
    claim(len(known) == number(found["all"] or found["of"]), f"{len(known)} can be compared")
    claim(("vergelijkbare" in found["noun"]) == (len(known) < len(FACTORS)), found[0])
    claim(max(gap[0] for gap in above.values()) >= Decimal("0.5"), "no difference counts")
    if found["what"]:
        most_of(found["most"], found["what"], above)
    if found["scores"] and "tegen" in found["scores"]:
        key = KEYS[found["what"]]
        first, second = found["scores"].split(" tegen ")
        claim(said(first) == bounds(reader.at(own)[key]) and said(second) == bounds(reader.at(other)[key]), found[0])
    elif found["scores"]:
        size = Decimal(found["scores"].split()[0].replace(",", "."))
        claim(max(above.values()) == (size, size), found[0])
        claim(found["what"] or set(above.values()) == {(size, size)}, found[0])


def most_of(how, what, gaps):
    """Checks that the differences are largest at what is named, or that what is named differs at all."""
    least = max(distance(gap)[0] for gap in gaps.values())
    top = [key for key, gap in gaps.items() if distance(gap)[0] == least]
    if counted := re.fullmatch(r"(\w+) factoren", what):
        claim(len(top) == number(counted[1]), what)
    else:
        claim({KEYS[name] for name in listed(what)} <= set(top), what)
    if how in ("het meest", "is het grootst bij"):
        claim(counted or {KEYS[name] for name in listed(what)} == set(top), what)
        claim(len(top) == 1 or all(distance(gaps[key])[1] == least for key in top), f"{what} may be further apart")
        claim(all(distance(gap)[1] <= least for key, gap in gaps.items() if key not in top), "others may be further")


def widest(reader):
    """Returns by factor the largest distance between two levels, at least and at most, of those that are read about."""
    found = {}
    for a, b in reader.pairs():
        for key, gap in reader.gaps(a, b).items():
            low, high = distance(gap)
            before = found.get(key, (Decimal(), Decimal()))
            found[key] = (max(before[0], low), max(before[1], high))
    return found


@sentence(
    rf"De niveaus verschillen (?P<most>het meest|onder meer) over (?P<what>[^:]+): (?P<a>{WHO}) (?P<one>{SCORE}), "
    rf"(?P<b>{WHO}) (?P<two>{SCORE})\."
)
def _(reader, found):
    key = KEYS[found["what"]]
    a, b = LEVEL[found["a"]], LEVEL[found["b"]]
    claim(said(found["one"]) == bounds(reader.at(a)[key]) and said(found["two"]) == bounds(reader.at(b)[key]), found[0])
    gaps = widest(reader)
    claim(distance(reader.gaps(a, b)[key])[0] == gaps[key][0] >= Decimal("0.5"), found[0])
    if found["most"] == "het meest":
        claim(all(gap[1] <= gaps[key][0] for other, gap in gaps.items() if other != key), found[0])


@sentence(
    r"Het verschil (?P<most>is het grootst bij|is groot bij onder meer) (?P<what>[^(:]+?)"
    r"(?: \((?P<size>\d,\d) punt\))?"
    rf"(?:\. (?P<which>[^:.]+))?: (?P<a>{WHO}) komt uit op (?P<one>{SCORE}), (?P<b>{WHO}) op (?P<two>{SCORE})\."
)
def _(reader, found):
    gaps = widest(reader)
    most_of(found["most"], found["what"], gaps)
    key = KEYS[dutch.lower(found["which"] or found["what"])]
    a, b = LEVEL[found["a"]], LEVEL[found["b"]]
    claim(said(found["one"]) == bounds(reader.at(a)[key]) and said(found["two"]) == bounds(reader.at(b)[key]), found[0])
    claim(distance(reader.gaps(a, b)[key])[0] == gaps[key][0] >= Decimal("0.5"), found[0])
    if found["size"]:
        claim(
            all(gaps[KEYS[name]][0] == Decimal(found["size"].replace(",", ".")) for name in listed(found["what"])),
            found[0],
        )


@sentence(r"Tussen (?P<who>[^.]+?) is op geen enkele factor een verschil van 0,5 punt of meer te zien\.")
def _(reader, found):
    claim(all(gap[0] < Decimal("0.5") for gap in widest(reader).values()), found[0])


@sentence(
    r"Verschillen tussen de niveaus zijn niet te zien: "
    r"(?:alleen (?P<one>[^.]+) wordt|geen enkel niveau wordt) getoond\."
)
def _(reader, found):
    claim(reader.shown == ([LEVEL[found["one"]]] if found["one"] else []), found[0])


@sentence(
    rf"(?P<who>(?:{WHO})(?:, (?:{WHO}))*(?: en (?:{WHO}))?) (?P<how>wordt|worden|deed|deden) "
    r"(?P<why>niet getoond: [^.]+|niet mee in deze ronde)\."
)
def _(reader, found):
    levels = {LEVEL[dutch.lower(name)] for name in listed(found["who"])}
    hidden = {h.group.key: h.why for h in reader.published.hidden if h.item is None and h.group.kind == "level"}
    if "mee" in found["why"]:
        claim(levels == set(LEVELS) - set(reader.shown) - set(hidden), found[0])
    else:
        why = next(why for why, words in dutch.WHY_HIDDEN.items() if found["why"].endswith(words))
        claim(levels == {level for level, reason in hidden.items() if reason == why}, found[0])


@sentence(
    r"Er is geen score voor het hele netwerk"
    r"(?:\.|: die is er alleen als van alle drie de niveaus een gemiddelde te zien is\.)"
)
def _(reader, found):
    claim(not reader.of(NETWORK), found[0])


@sentence(
    r"(?P<who>[^.]+?) scoren(?: op (?P<some>\w+) vergelijkbare factor(?:en)?)? bijna gelijk: "
    r"nergens scheelt het 0,5 punt of meer"
    r"(?:; het netwerk geeft (?P<ends>[^.]+))?\."
)
def _(reader, found):
    gaps = {key: [] for key in FACTORS}
    for a, b in reader.pairs():
        for key, gap in reader.gaps(a, b).items():
            gaps[key].append(distance(gap))
    known = [key for key, found_gaps in gaps.items() if any(high < Decimal("0.5") for _, high in found_gaps)]
    claim(all(low < Decimal("0.5") for some in gaps.values() for low, _ in some), found[0])
    claim(len(known) == (number(found["some"]) if found["some"] else len(FACTORS)), f"{len(known)} can be compared")
    claim(found["who"] != "De niveaus" or len(reader.shown) == len(LEVELS), found["who"])
    if found["ends"]:
        ends(found["ends"], reader.of(NETWORK))


@sentence(r"De getoonde niveaus geven elke (?P<shown>getoonde )?factor (?P<score>1,5 of lager|4,5 of hoger) \(\w+\)\.")
def _(reader, found):
    every = [figure for level in reader.shown for figure in reader.at(level).values()]
    claim({bounds(figure) for figure in every} == {said(found["score"])}, found[0])
    is_all = all(len(reader.at(level)) == len(FACTORS) for level in reader.shown)
    claim(bool(found["shown"]) != is_all, found[0])


@sentence(r"Of .+ verschillen, is niet te zeggen: te weinig scores zijn te vergelijken\.")
def _(reader, found):
    claim(all(low < Decimal("0.5") <= high for low, high in widest(reader).values()), found[0])


@sentence(r"Van geen enkel niveau zijn scores te tonen\.")
def _(reader, found):
    claim(not reader.shown, found[0])


@sentence(rf"Alleen (?P<one>{WHO}) is te tonen(?:: het geeft (?P<ends>[^.]+)|, en daarvan geen enkele factor)\.")
def _(reader, found):
    claim(reader.shown == [LEVEL[found["one"]]], found[0])
    figures = reader.at(LEVEL[found["one"]])
    ends(found["ends"], figures) if found["ends"] else claim(not figures, found[0])


def ends(text, figures):
    if every := re.fullmatch(rf"elke (getoonde )?factor ({SCORE}) \(({BAND})\)", text):
        at_the_end(list(figures), every[2], figures, "high")
        claim(bool(every[1]) == (len(figures) < len(FACTORS)), text)
        return
    found = re.fullmatch(rf"(.+?) \(({SCORE})\) de hoogste score en (.+?) \(({SCORE})\) de laagste", text)
    at_the_end(named(found[1], figures, found[2]), found[2], figures, "high")
    at_the_end(named(found[3], figures, found[4]), found[4], figures, "low")


# Does it work, and who answered.


ON_THE_SCALE = "op een schaal van 1 tot 5"


@sentence(
    rf"Effectieve samenwerking krijgt (?:van (?P<who>[^;]+?) (?P<score>{SCORE}) {ON_THE_SCALE} \((?P<band>{BAND})\)"
    rf"|{ON_THE_SCALE})(?:;? van (?P<rest>[^.]+))?\."
)
def _(reader, found):
    whose = dutch.LEVEL[reader.level] if reader.level else "het netwerk"
    claim(found["who"] in (None, whose), f"{found['who']} is not whose report this is")
    key = INSTRUMENT.outcome.key
    own = reader.published.figure(level_group(reader.level) if reader.level else NETWORK, key)
    claim(bool(own) == bool(found["score"]), found[0])
    claim(own is None or (said(found["score"]), found["band"]) == (bounds(own), own.band), found[0])
    told = dict(re.findall(rf"({WHO}) ({SCORE})", found["rest"] or ""))
    figures = {v: reader.published.figure(level_group(v), key) for v in reader.shown if v != reader.level}
    expected = {dutch.LEVEL[level]: bounds(figure) for level, figure in figures.items() if figure}
    claim({name: said(score) for name, score in told.items()} == expected, found[0])


@sentence(rf"Hoe effectief de samenwerking is, is niet te tonen(?:: (?P<why>{'|'.join(dutch.WHY_HIDDEN.values())}))?\.")
def _(reader, found):
    groups = [level_group(reader.level) if reader.level else NETWORK, *map(level_group, LEVELS)]
    key = INSTRUMENT.outcome.key
    claim(not any(reader.published.figure(group, key) for group in groups), found[0])
    whys = [h.why for h in reader.published.hidden if h.group in groups and h.item in (None, key)]
    claim(found["why"] is None or {dutch.WHY_HIDDEN[why] for why in whys} == {found["why"]}, found[0])


THERE = f" {dutch.AT[LEVELS[0]]}"
REASON = rf"lage score(?:{THERE})?|een onderdeel scoort laag(?:{THERE})?|verdeeld|verschil|groot verschil"


@sentence(rf"Bespreek als eerste (?P<parts>[^.]+ \((?:{REASON})\))\.")
def _(reader, found):
    parts = re.findall(rf"(?:^|, | en )([^(]+?) \(({REASON})\)", found["parts"])
    claim(1 <= len(parts) <= 3 and found["parts"].count("(") == len(parts), found[0])
    for name, reason in parts:
        claim(HOLDS[reason](reader, KEYS[name]), f"{name} ({reason})")


@sentence(r"Bespreek wat goed gaat en wat u wilt behouden\.")
def _(reader, found):
    """Claims nothing of the figures."""


def own_figure(reader, key):
    """Returns the figure that an unnamed score is of: the report's own or, where one level is shown, of that level."""
    level = reader.level or (reader.shown[0] if len(reader.shown) == 1 else None)
    return reader.published.figure(level_group(level) if level else NETWORK, key)


def is_under(figure):
    return bool(figure) and bounds(figure)[1] < 3


def is_low(reader, key):
    return is_under(own_figure(reader, key))


def is_low_there(reader, key):
    """Tells whether those who do the work score it low, and the report's own figure does not tell so."""
    there = reader.published.figure(level_group(LEVELS[0]), key)
    return reader.level is None and is_under(there) and not is_low(reader, key)


def partly(holds):
    return lambda reader, key: any(holds(reader, part.key) for part in INSTRUMENT.factor[key].dimensions)


def is_split(reader, key):
    figure = own_figure(reader, key)
    return bool(figure) and figure.split


def differs(least):
    """Returns whether two levels surely differ by so much, of whom the report's is one."""
    return lambda reader, key: any(
        distance(gaps[key])[0] >= Decimal(least) for pair in reader.pairs() if key in (gaps := reader.gaps(*pair))
    )


HOLDS = {
    "lage score": is_low,
    f"lage score{THERE}": is_low_there,
    "een onderdeel scoort laag": partly(is_low),
    f"een onderdeel scoort laag{THERE}": partly(is_low_there),
    "verdeeld": is_split,
    "verschil": differs("0.5"),
    "groot verschil": differs("1.0"),
}
SHARE = r"(?P<n>\d+) (?:van de (?P<invited>\d+) |van ten hoogste (?P<most>\d+) )?mensen(?: \((?P<share>\d+) %\))?"


def most_invited(group):
    """Returns how many people there can be at most in a group of which nobody knows the number invited."""
    return group.n + 7


def share(found, group):
    claim(int(found["n"]) == group.n and (found["invited"] or None) == (group.invited and str(group.invited)), found[0])
    claim(found["most"] == (None if group.invited else str(most_invited(group))), found[0])
    claim(not group.invited or abs(int(found["share"]) - 100 * group.n / group.invited) <= 0.5, found[0])


@sentence(SHARE + r"(?: (?P<low>deden mee, minder dan de helft)| vulden de vragenlijst in|: (?P<parts>[^.]+))\.")
def _(reader, found):
    group = reader.published.group(level_group(reader.level) if reader.level else NETWORK)
    share(found, group)
    claim(not found["low"] or 2 * group.n < group.invited, found[0])
    told = {
        name: rest for name, *rest in re.findall(r"(\w+) (\d+)(?: van (ten hoogste )?(\d+))?", found["parts"] or "")
    }
    groups = {} if reader.level or found["low"] else {v: reader.published.group(level_group(v)) for v in reader.shown}
    claim(told == {v: [str(g.n), *of_how_many(g)] for v, g in groups.items()}, found[0])


def of_how_many(group):
    return ["", str(group.invited)] if group.invited else ["ten hoogste ", str(most_invited(group))]


@sentence(r"De vragenlijst is ingevuld door (?P<parts>[^.]+)\.")
def _(reader, found):
    told = found["parts"].split("; ")
    claim(reader.published.group(NETWORK) is None and len(told) == len(reader.shown), found[0])
    for part, level in zip(told, reader.shown, strict=True):
        claim(part.endswith(f" van {dutch.LEVEL[level]}"), found[0])
        share(re.search(SHARE, part), reader.published.group(level_group(level)))


@sentence(r"Te weinig mensen om dat te tonen\.")
def _(reader, found):
    claim(not reader.shown, found[0])


@sentence(r"Van (?P<who>[^.]+) deed minder dan de helft mee\.")
def _(reader, found):
    groups = {level: reader.published.group(level_group(level)) for level in reader.shown}
    low = {dutch.LEVEL[level] for level, g in groups.items() if g.invited and 2 * g.n < g.invited}
    claim(set(listed(found["who"])) == low, found[0])


@sentence(r"Wie niet meedeed, denkt er misschien anders over\.")
def _(reader, found):
    """Claims nothing of the figures."""
