"""The attacks are tried on these networks: small and clumsy, the same ones each time."""

from collections import Counter
from dataclasses import replace
from random import Random

from assessments.results.document import for_scripts, to_json
from assessments.results.pipeline import results_of_scores
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, plain_scores

NUMBER = 200


def small_network(seed: int) -> tuple[list[Person], int]:
    """Returns the people of a network, and the minimum of its round."""
    return network(Random(seed)), 3 if seed % 2 else 5


def invited_to(people: list[Person]) -> dict[tuple[str, str], int]:
    """Returns as many as answered by cell, and half as many more in every other cell: so that there are intervals."""
    counts = Counter((person.partner, person.level) for person in people)
    return {cell: count + (count + 1) // 2 * (place % 2) for place, (cell, count) in enumerate(sorted(counts.items()))}


def in_sectors(people: list[Person]) -> list[Person]:
    """Returns the same people with three sectors in the place of their partners, as a round of sectors counts them."""
    keys = sorted({person.partner for person in people} - {""})
    sector = {key: f"sector{place % 3}" for place, key in enumerate(keys)}
    return [replace(person, partner=sector.get(person.partner, "")) for person in people]


def published(people: list[Person], minimum: int, *, by_sector: bool = False) -> dict:
    """Returns all that anybody may have of a round."""
    found = results_of_scores(plain_scores(people), INSTRUMENT, minimum=minimum, invited=invited_to(people))
    if by_sector:
        found = replace(found, published=found.published.by_sector())
    return for_scripts(to_json(found, INSTRUMENT))
