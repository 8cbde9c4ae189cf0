"""Makes the conversation guide: what to talk about first, a working form with its minutes, and how to close."""

from __future__ import annotations

from itertools import zip_longest

from assessments import dutch
from assessments.report.blocks import Block, Heading, Points, Section, Step, Steps, Text, Topic
from assessments.report.context import Context
from assessments.report.sections.front import voices
from assessments.report.sentences.differences import counting
from assessments.report.sentences.scores import Voice
from assessments.report.sentences.words import Figures, highest
from assessments.results.importance import Rank

TOPICS, QUESTIONS = 3, 2  # factors to begin with, and questions of each
MOST_ASKED = 2  # questions about a difference
DIFFERS = "hier lopen niveaus uiteen. De vragen staan bij de verschillen."
BELOW = "De vragen staan hieronder."
WHY = {
    Rank.PAST_IS_LOW: "dit krijgt een lage score{where}, en kan volgens een van de studies andere factoren kleuren",
    Rank.LOW: "dit krijgt een lage score{where}",
    Rank.PARTLY_LOW: "een onderdeel hiervan scoort laag{where}",
    Rank.SPLIT: "de meningen zijn verdeeld",
}
NOTHING = "Geen factor scoort lager dan de andere. Kies zelf waar u over wilt praten."
BETWEEN_LEVELS = "Stel ze als twee niveaus anders scoren."
AT_THE_END = "Neem er enkele minuten voor."


def conversation(ctx: Context) -> Section:
    guide = ctx.instrument.conversation
    blocks: list[Block] = [
        Text("Met deze gids bereidt u het gesprek over de uitkomsten voor. Neem niet alles door: kies.", style="lead"),
        *_topics(ctx),
    ]
    if is_apart := bool(counting(ctx.published, ctx.subject.level)):
        asked = tuple(guide["difference"][:MOST_ASKED])
        blocks.append(Topic("gesprek-verschil", "Vragen bij een verschil", BETWEEN_LEVELS, asked))
    closing = Topic(
        "gesprek-slot", "Vragen om mee af te sluiten", AT_THE_END, tuple(q["text"] for q in guide["closing"])
    )
    # The working form is for two levels that differ, and closes with the same questions.
    blocks += (_working_form(ctx) if is_apart else []) or [closing]
    return Section("gesprek", "Gespreksgids", tuple(blocks), eyebrow="Aan de slag")


def _topics(ctx: Context) -> list[Block]:
    """Returns what to talk about: what asks for attention, in the order of importance, then what scores lowest."""
    first = to_begin_with(ctx)
    heading = Heading("Waar u mee kunt beginnen")
    if not first:
        return [heading, Text(NOTHING)] if voices(ctx) else []
    blocks: list[Block] = [heading, Points(tuple(said for _, said in first), style="numbered")]
    for item in (item for item, _ in first if not _differs(ctx, item)):
        questions = tuple(ctx.instrument.conversation["factors"].get(item, ()))[:QUESTIONS]
        title = f"Vragen over {dutch.lower(ctx.instrument.name(item))}"
        blocks.append(Topic(f"gesprek-{item}", title, ctx.instrument.factor[item].definition, questions))
    return blocks


def to_begin_with(ctx: Context) -> list[tuple[str, str]]:
    """Returns the factors to begin with, each with the line that says why it is named."""
    own = voices(ctx)
    pressing = [] if ctx.subject.is_part else ctx.by_importance
    items = list(dict.fromkeys([*pressing, *_by_score(own)]))[:TOPICS]
    return [(item, f"{ctx.instrument.name(item)}: {_reason(ctx, item, own)}") for item in items]


def _differs(ctx: Context, item: str) -> bool:
    """Tells whether a factor is named because two levels differ on it."""
    standing = ctx.standings.get(item)
    return not ctx.subject.is_part and standing is not None and standing.rank in (Rank.FURTHEST_APART, Rank.APART)


def _reason(ctx: Context, item: str, own: list[Voice]) -> str:
    """Says why a factor is named, and only what is true of its figures."""
    if _differs(ctx, item):
        return DIFFERS
    standing = None if ctx.subject.is_part else ctx.standings.get(item)
    low = [voice.at for voice in own if item in voice.figures and _is_lowest(item, voice.figures)]
    if low and not (standing and standing.rank == Rank.PAST_IS_LOW):
        where = f" {dutch.listing(low)}".rstrip()
        return f"dit scoort het laagst{where}. {BELOW}"
    if standing and standing.rank in WHY:
        return f"{WHY[standing.rank].format(where=ctx.low_where(item))}. {BELOW}"
    return f"dit is een van de lagere scores. {BELOW}"


def _is_lowest(item: str, figures: Figures) -> bool:
    """Tells whether nothing can score lower than a factor, and something scores higher."""
    own = figures[item].bounds[1]
    floors = [figure.bounds[0] for key, figure in figures.items() if key != item]
    return all(own <= floor for floor in floors) and any(own < floor for floor in floors)


def _by_score(own: list[Voice]) -> list[str]:
    """Returns the lowest of each voice, then what comes next of each; never what scores highest."""
    ordered = [_below_the_highest(voice.figures) for voice in own]
    return [item for rank in zip_longest(*ordered) for item in rank if item]


def _below_the_highest(figures: Figures) -> list[str]:
    top = highest(figures)[0] if figures else []
    return sorted((item for item in figures if item not in top), key=lambda item: figures[item].value)


def _working_form(ctx: Context) -> list[Block]:
    form = ctx.instrument.conversation.get("working_form")
    if not form:
        return []
    starts, steps = 0, []
    for step in form["steps"]:
        steps.append(Step(step["minutes"], f"{starts} min", step["text"].strip()))
        starts += step["minutes"]
    caption = f"{form['title']}, in {form['minutes']} minuten"
    return [
        Heading(f"Werkvorm: {dutch.lower(form['title'])}"),
        Text(form["goal"].strip()),
        Steps(caption, tuple(steps)),
    ]
