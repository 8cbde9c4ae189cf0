"""The attacks are tried on these networks: small and clumsy, the same ones each time."""

from collections import Counter
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


def published(people: list[Person], minimum: int) -> dict:
    """Returns all that anybody may have of a round."""
    found = results_of_scores(plain_scores(people), INSTRUMENT, minimum=minimum, invited=invited_to(people))
    return for_scripts(to_json(found, INSTRUMENT))
