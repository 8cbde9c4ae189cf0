"""The conversation guide: what to talk about first, a working form with its minutes, and how to close."""

from __future__ import annotations

from assessments.report import words
from assessments.report.blocks import Block, Heading, Points, Section, Step, Steps, Text, Topic
from assessments.report.context import Context
from assessments.report.sections.glance import voices
from assessments.report.sentences import Voice, largest_first

TOPICS = 3
BETWEEN_LEVELS = "Stel ze als twee niveaus anders scoren."
AT_THE_END = "Neem er enkele minuten voor."


def conversation(ctx: Context) -> Section:
    guide = ctx.instrument.conversation
    blocks: list[Block] = [
        Text("Met deze gids bereidt u het gesprek over de uitkomsten voor. Neem niet alles door: kies.", style="lead"),
        *_topics(ctx),
        Topic("gesprek-verschil", "Vragen bij een verschil", BETWEEN_LEVELS, tuple(guide["difference"])),
        *_working_form(ctx),
        Topic("gesprek-slot", "Vragen om mee af te sluiten", AT_THE_END, tuple(q["text"] for q in guide["closing"])),
    ]
    return Section("gesprek", "Gespreksgids", tuple(blocks), eyebrow="Aan de slag", starts_page=False)


def _topics(ctx: Context) -> list[Block]:
    """What to talk about: the factors with the largest differences, then those that score lowest."""
    by_difference = _by_difference(ctx)
    items = list(dict.fromkeys([*by_difference, *_by_score(voices(ctx))]))[:TOPICS]
    if not items:
        return []
    reasons = [_topic(ctx, item, is_different=item in by_difference) for item in items]
    blocks: list[Block] = [Heading("Waar u mee kunt beginnen"), Points(tuple(reasons), style="numbered")]
    for item in (item for item in items if item not in by_difference):
        questions = tuple(ctx.instrument.conversation["factors"].get(item, ()))
        title = f"Vragen over {words.lower(ctx.instrument.name(item))}"
        blocks.append(Topic(f"gesprek-{item}", title, ctx.instrument.factor[item].definition, questions))
    return blocks


def _topic(ctx: Context, item: str, *, is_different: bool) -> str:
    if is_different:
        return f"{ctx.instrument.name(item)}: hier lopen niveaus uiteen. De vragen staan bij de verschillen."
    return f"{ctx.instrument.name(item)}: dit scoort het laagst. De vragen staan hieronder."


def _by_difference(ctx: Context) -> list[str]:
    found = [] if ctx.subject.is_partner else largest_first(ctx.published, ctx.subject.level)
    return list(dict.fromkeys(difference.factor for difference in found))[: TOPICS - 1]


def _by_score(own: list[Voice]) -> list[str]:
    return [item for voice in own for item in sorted(voice.figures, key=lambda item: voice.figures[item].value)]


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
        Heading(f"Werkvorm: {words.lower(form['title'])}"),
        Text(form["goal"].strip()),
        Steps(caption, tuple(steps)),
    ]
