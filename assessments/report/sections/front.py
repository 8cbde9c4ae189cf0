"""Shows the message on page 1, and under it four facts: does it work, what changed, who answered, what is asked."""

from __future__ import annotations

from assessments import dutch
from assessments.report.blocks import Block, Card, Cards, Notice, Points, Section, Text
from assessments.report.context import LONGEST_NAME, Context
from assessments.report.sections.change import changed
from assessments.report.sentences import differences, message
from assessments.report.sentences.change import agreed_count
from assessments.report.sentences.scores import Voice
from assessments.report.sentences.words import factor_figures, lowest, names, some
from assessments.results.importance import Rank
from assessments.scores.groups import NETWORK, level_group

MOST_ASKED = 3  # factors to talk about first
WORDS_OF_THEORY = ("voorgeschiedenis", "prikkels", "principiele_betrokkenheid")  # factors whose names need explaining
LOW_RESPONSE = "Lage respons"
APART = (
    "De cijfers van het netwerk staan niet naast die van {yours}. In het netwerk telt elk niveau even zwaar, "
    "bij {yours} telt elk mens even zwaar. Een verschil kan dus ook van de niveaus komen die bij u meededen."
)
FIRST = "Adviezen om mee te beginnen:"
FIRST_OF_NETWORK = "Adviezen voor het hele netwerk, om mee te beginnen:"
FACTOR = "Een factor maakt samenwerken makkelijker of moeilijker."
PURPOSE = f"{FACTOR} Dit rapport is gemaakt om samen over te praten. De vragenlijst is nog niet gevalideerd."
WHY = {
    Rank.PAST_IS_LOW: "lage score",
    Rank.LOW: "lage score",
    Rank.PARTLY_LOW: "een onderdeel scoort laag",
    Rank.SPLIT: "verdeeld",
}


def front(ctx: Context) -> Section:
    blocks = message_of(ctx)
    if first := first_advices(ctx):
        heading = FIRST_OF_NETWORK if ctx.subject.is_part else FIRST
        blocks += [Text(heading), Points(first, style="numbered")]
    if no_score := differences.no_network_score(ctx.published) if ctx.subject.group == NETWORK else "":
        blocks.append(Notice(no_score))
    apart = [APART.format(yours=ctx.subject.yours)] if ctx.subject.is_part else []
    blocks += [Text(note, style="note") for note in (*apart, f"{meanings(ctx)} {PURPOSE}".strip())]
    return Section("kern", "De kern", tuple(blocks))


def message_of(ctx: Context) -> list[Block]:
    """Returns the message and the four facts, and before them that few answered, where that is so."""
    few = message.low_response(ctx.published, ctx.subject.group)
    warning: list[Block] = [Notice(few, title=LOW_RESPONSE)] if few else []
    return [*warning, Text(_headline(ctx), style="lead"), Cards(facts(ctx))]


def _headline(ctx: Context) -> str:
    if ctx.subject.is_part:
        figures = factor_figures(ctx.group(ctx.subject.group), ctx.instrument)
        who = dutch.capital(ctx.subject.who)
        return message.of_part(who if len(who) <= LONGEST_NAME else "Deze partner", figures, ctx.instrument)
    return message.headline(ctx.published, ctx.instrument, ctx.subject.level)


def facts(ctx: Context) -> tuple[Card, ...]:
    return (
        Card("Werkt het?", message.outcome_sentence(ctx.published, ctx.instrument, ctx.subject.group, ctx.subject.who)),
        Card("Wat veranderde er?", _changed(ctx)),
        Card("Wie antwoordden?", message.response_sentence(ctx.published, ctx.subject.group, ctx.facts.most_invited)),
        Card("Wat vragen wij van u?", asked(ctx)),
    )


def _changed(ctx: Context) -> str:
    """Returns what changed since the previous round, and what came of what was agreed after it."""
    before = ctx.facts.previous
    if before is None:
        return "Er is geen eerdere ronde om mee te vergelijken."
    done = sum(agreed.is_done for agreed in before.agreed)
    return f"{changed(ctx)} {agreed_count(len(before.agreed), done)}".strip()


def asked(ctx: Context) -> str:
    """Returns what to talk about first, and why: by importance or, for a partner, what scores lowest there."""
    items = _asked_of(ctx)
    if ctx.subject.is_part:
        if not items:
            return f"Bespreek in {ctx.subject.yours} wat u in deze scores herkent."
        return f"Bespreek in {ctx.subject.yours} wat er achter de laagste score zit: {some(items, ctx.instrument)}."
    if not items:
        return "Bespreek wat goed gaat en wat u wilt behouden."
    reasons = [f"{names([item], ctx.instrument)} ({_why(ctx, item)})" for item in items]
    return f"Bespreek als eerste {dutch.listing(reasons)}."


def meanings(ctx: Context) -> str:
    """Returns what the factors mean that a reader is asked to talk about, where their names don't tell; or ''."""
    factors = [ctx.instrument.factor[item] for item in _asked_of(ctx) if item in WORDS_OF_THEORY]
    return " ".join(f"{factor.name}: {dutch.lower(factor.definition)}" for factor in factors)


def _asked_of(ctx: Context) -> list[str]:
    """Returns which factors to talk about first; none where a partner scores all alike."""
    if not ctx.subject.is_part:
        return ctx.by_importance[:MOST_ASKED]
    figures = factor_figures(ctx.group(ctx.subject.group), ctx.instrument)
    items = lowest(figures)[0] if figures else []
    return [] if len(items) == len(figures) else items


def _why(ctx: Context, item: str) -> str:
    """Returns why a factor comes first: how two levels differ on it, or how it scores, and where."""
    rank = ctx.standings[item].rank
    if rank not in WHY:
        return dutch.GAP[ctx.gap_labels[item]]
    return WHY[rank] if rank == Rank.SPLIT else f"{WHY[rank]}{ctx.low_where(item)}"


def voices(ctx: Context) -> list[Voice]:
    """Returns whose figures the sentences speak of.

    That is the report's own group; but the network only where all its factors are shown, or a factor that one level
    hides would be passed over in silence. Then each level that is shown speaks, by its name.
    """
    own = factor_figures(ctx.group(ctx.subject.group), ctx.instrument)
    if ctx.subject.group != NETWORK or len(own) == len(ctx.instrument.factors):
        return [Voice("", own)]
    return [
        Voice(dutch.AT[level], factor_figures(ctx.group(level_group(level)), ctx.instrument))
        for level in ctx.published.shown_levels
    ]


def first_advices(ctx: Context) -> tuple[str, ...]:
    return tuple(f"{ctx.title(pick)}." for pick in ctx.first_picks)
