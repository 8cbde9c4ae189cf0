"""Tells who answered, and how to read what follows."""

from __future__ import annotations

from assessments import dutch
from assessments.disclosure.published import PublishedGroup
from assessments.report.blocks import Block, Cell, Heading, Points, Row, Section, Table
from assessments.report.context import Context
from assessments.report.facts import PartnerFacts
from assessments.report.sentences.message import share_of, share_sentence
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group, partner_group
from assessments.scores.readings import GAP, LARGE_GAP


def response(ctx: Context) -> Section:
    how = Heading("Zo leest u de cijfers", level=3)
    blocks = (_table(ctx), _bands(), how, Points(_how_to_read(ctx)), *_partners(ctx))
    return Section("respons", "Respons en leeswijzer", blocks, starts_page=True, is_annex=True)


def _partners(ctx: Context) -> list[Block]:
    """Returns who takes part, by name, and how many of them answered."""
    if not ctx.facts.partners:
        return []
    names = sorted(ctx.facts.partners, key=lambda partner: partner.name)
    return [Heading("De partners"), Points(tuple(_partner(ctx, partner) for partner in names))]


def _partner(ctx: Context, partner: PartnerFacts) -> str:
    said = _response_of(ctx, partner)
    return f"{partner.name}: {said}" if said else partner.name


def _response_of(ctx: Context, partner: PartnerFacts) -> str:
    """Returns how many answered; of a hidden partner too.

    Not where too few were invited, nobody knows how many, or it would tell whether a few others answered.
    """
    if shown := ctx.group(partner_group(partner.key)):
        return share_sentence(shown, ctx.facts.most_invited)
    if partner.is_small:
        return f"minder dan {dutch.count(ctx.published.minimum)} mensen uitgenodigd"
    if partner.invited is None:
        return ""
    if partner.answered is None:
        return f"{dutch.count(partner.invited)} mensen uitgenodigd"
    return share_of(partner.answered, partner.invited) if partner.invited else "niemand uitgenodigd"


def _groups(ctx: Context) -> list[Group]:
    groups = [level_group(level) for level in ctx.published.levels]
    if ctx.group(NETWORK):
        groups.append(NETWORK)
    if ctx.group(OUDERS_GROUP):
        groups.append(OUDERS_GROUP)
    return groups


def _table(ctx: Context) -> Table:
    rows = tuple(Row(dutch.capital(ctx.name(group)), _cells(ctx, ctx.group(group))) for group in _groups(ctx))
    return Table(f"Respons in {ctx.facts.round}", ("Groep", "Uitgenodigd", "Ingevuld", "Respons"), rows)


def _cells(ctx: Context, group: PublishedGroup | None) -> tuple[Cell, ...]:
    if group is None:
        return tuple(Cell(dutch.HIDDEN, "hidden", is_number=True) for _ in range(3))
    invited, share = ("", "") if group.invited is None else (str(group.invited), dutch.share(group.n, group.invited))
    if group.invited is None and (most := ctx.facts.most_invited(group.group)):
        invited, share = f"ten hoogste {most}", f"minstens {100 * group.n // most} %"
    known = [Cell(text or "niet bekend", is_number=True) for text in (invited, str(group.n), share)]
    return tuple(known)


def _how_to_read(ctx: Context) -> tuple[str, ...]:
    minimum = ctx.published.minimum
    return (
        "Een score loopt van 1 (helemaal mee oneens) tot 5 (helemaal mee eens). Het is het gemiddelde van de groep.",
        "Uitvoerend zijn de mensen die met kinderen en gezinnen werken. In de adviezen heten zij ook de werkvloer.",
        "Elk niveau telt even zwaar in de score van het netwerk, hoeveel mensen er ook meededen.",
        "Achter ‘interval’ staat tussen welke grenzen de score waarschijnlijk ligt (95 %). Hoe breder, hoe onzekerder.",
        "‘Verdeeld’ betekent: minstens een kwart van de groep komt uit onder de 3 en minstens een kwart op 4 of hoger.",
        f"Een verschil tussen niveaus telt vanaf {dutch.number(GAP)} punt; daaronder heet het klein. "
        f"Vanaf {dutch.number(LARGE_GAP)} punt heet het een groot verschil.",
        f"Van een groep met minder dan {dutch.count(minimum)} mensen wordt niets getoond. "
        f"Van een groep met minder dan {dutch.count(2 * minimum)} mensen alleen de score.",
        "Een lage score is niet altijd een probleem, en een hoge score niet altijd goed nieuws. "
        "Vraag elkaar wat erachter zit.",
    )


def _bands() -> Table:
    meaning = {
        "sterk": "Dit gaat volgens de groep goed. Bespreek wat u wilt behouden.",
        "bespreken": "Hier zit ruimte. Bespreek wat helpt en wat knelt.",
        "zorg": "Hier is volgens de groep iets nodig. Bespreek dit als eerste.",
    }
    rows = tuple(Row(band, (Cell(dutch.BANDS[band], band), Cell(text))) for band, text in meaning.items())
    return Table("De drie woorden bij een score", ("Woord", "Score", "Wat u ermee doet"), rows, style="bands")
