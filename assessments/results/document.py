"""Takes the results of a round (published figures, the advice that follows, and versions) to JSON and back, unchanged.

Knows no answers and no database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessments.disclosure.published import Difference, Figure, Hidden, Published, PublishedGroup
from assessments.results.advice import Pick
from assessments.scores.groups import Group
from assessments.scores.reliability import Alpha
from factors.instrument import Instrument

KINDS = {"factor": "factors", "dimension": "dimensions", "outcome": "outcome", "perspective": "outcome"}

Json = dict[str, Any]

# The form of a document, written into it. It goes up when a reader of the former form would fail or misread; then the
# former form gets a reader here, and an example of it in the tests stays readable for good.
FORMAT = 1


class UnknownFormat(Exception):
    """The document was written in a form that this version can't read; nothing of it is lost."""


@dataclass(frozen=True)
class Results:
    """Holds what a report, page or export may say of a round: nothing else has figures.

    `reliability` has Cronbach's alpha by factor, of all the judged together, where enough of them answered it whole.
    """

    published: Published
    advice: tuple[Pick, ...]
    instrument: str
    rules: str
    reliability: Mapping[str, Alpha] = field(default_factory=dict)


def to_json(results: Results, instrument: Instrument) -> Json:
    """Returns the results as JSON values; what may not be shown is absent. `from_json` gives the same results back.

    `order` has the keys in the order of the instrument: a database may keep an object's keys in another order.
    """
    published = results.published
    return {
        "format": FORMAT,
        "minimum": published.minimum,
        "order": [*instrument.scales],
        "groups": [_group_json(group, instrument) for group in published.groups],
        "differences": [_difference_json(difference) for difference in published.differences],
        "advice": [_pick_json(pick) for pick in results.advice],
        "hidden": [
            {"kind": hidden.group.kind, "key": hidden.group.key, "item": hidden.item, "why": hidden.why}
            for hidden in published.hidden
        ],
        "reliability": {factor: _alpha_json(alpha) for factor, alpha in results.reliability.items()},
        "versions": {"instrument": results.instrument, "rules": results.rules},
    }


def for_scripts(document: Json) -> Json:
    """Returns what `to_json` wrote with only the keys that are documented for scripts: the others may change.

    Raises UnknownFormat.
    """
    _check_format(document)
    return {
        "groups": [_group_for_scripts(group) for group in document["groups"]],
        "differences": document["differences"],
        "advice": [{key: pick[key] for key in ("key", "level", "rule")} for pick in document["advice"]],
        "hidden": document["hidden"],
        "versions": document["versions"],
    }


def _group_for_scripts(group: Json) -> Json:
    factors = {key: _without(figure, "sd") for key, figure in group["factors"].items()}
    return group | {"factors": factors}


def from_json(document: Json) -> Results:
    """Returns the results that `to_json` wrote. Raises UnknownFormat."""
    _check_format(document)
    published = Published(
        minimum=document["minimum"],
        groups=tuple(_group(row, document["order"]) for row in document["groups"]),
        differences=tuple(_difference(row) for row in document["differences"]),
        hidden=tuple(Hidden(Group(r["kind"], r["key"]), r["item"], r["why"]) for r in document["hidden"]),
    )
    advice = tuple(_pick(row) for row in document["advice"])
    alphas = document.get("reliability", {})  # absent from results that were frozen before it was kept
    reliability = {factor: _alpha(alphas[factor]) for factor in document["order"] if factor in alphas}
    versions = document["versions"]
    return Results(published, advice, versions["instrument"], versions["rules"], reliability)


def is_readable(document: Json) -> bool:
    return bool(_format_of(document) == FORMAT)


def _check_format(document: Json) -> None:
    if not is_readable(document):
        raise UnknownFormat(f"format {_format_of(document)}, where this version reads {FORMAT}")


def _format_of(document: Json) -> Any:
    """Returns the number of its form; those of before there were numbers have form 1 if they have `order`."""
    return document.get("format", 1 if "order" in document else "without a number")


def checksum(document: Json) -> str:
    """Returns the SHA-256 of the document in one canonical form, in hexadecimal."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _group_json(group: PublishedGroup, instrument: Instrument) -> Json:
    row: Json = {"kind": group.group.kind, "key": group.group.key, "n": group.n}
    if group.invited is not None:
        row["invited"] = group.invited
    row |= {"factors": {}, "dimensions": {}, "outcome": {}}
    for item, figure in group.figures.items():
        row[KINDS[instrument.scales[item].kind]][item] = _figure_json(figure)
    return row


def _figure_json(figure: Figure) -> Json:
    low, high = figure.interval or (None, None)
    row: Mapping[str, Any] = {
        "n": figure.n,
        "mean": _number(figure.mean),
        "limit": figure.limit,
        "low": _number(low),
        "high": _number(high),
        "split": figure.split,
        "unknown": _number(figure.unknown),
        "sd": _number(figure.sd),
        "band": figure.band,
    }
    return {key: value for key, value in row.items() if value is not None}


def _difference_json(difference: Difference) -> Json:
    row: Json = {"factor": difference.factor, "levels": list(difference.levels), "label": difference.label}
    if difference.size is not None:
        row["size"] = _number(difference.size)
    return row


def _pick_json(pick: Pick) -> Json:
    pair = list(pick.pair) if pick.pair else None
    row = {"key": pick.advice, "level": pick.level, "rule": pick.rule, "pair": pair, "factor": pick.factor}
    return {key: value for key, value in row.items() if value is not None or key == "level"}


def _alpha_json(alpha: Alpha) -> Json:
    return {"alpha": _number(alpha.alpha), "k": alpha.k, "n": alpha.n}


def _without(row: Json, extra: str) -> Json:
    return {key: value for key, value in row.items() if key != extra}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.1"))


def _alpha(row: Json) -> Alpha:
    return Alpha(Decimal(str(row["alpha"])).quantize(Decimal("0.01")), row["k"], row["n"])


def _pick(row: Json) -> Pick:
    pair = (row["pair"][0], row["pair"][1]) if "pair" in row else None
    return Pick(row["key"], row["level"], row["rule"], pair, row.get("factor"))


def _group(row: Json, order: list[str]) -> PublishedGroup:
    figures = {
        item: _figure(figure) for kind in ("factors", "dimensions", "outcome") for item, figure in row[kind].items()
    }
    return PublishedGroup(
        Group(row["kind"], row["key"]),
        row["n"],
        row.get("invited"),
        {item: figures[item] for item in order if item in figures},
    )


def _figure(row: Json) -> Figure:
    low, high = _decimal(row.get("low")), _decimal(row.get("high"))
    return Figure(
        n=row["n"],
        band=row["band"],
        mean=_decimal(row.get("mean")),
        limit=row.get("limit"),
        interval=(low, high) if low is not None and high is not None else None,
        split=row.get("split"),
        unknown=_decimal(row.get("unknown")),
        sd=_decimal(row.get("sd")),
    )


def _difference(row: Json) -> Difference:
    return Difference(row["factor"], (row["levels"][0], row["levels"][1]), _decimal(row.get("size")), row["label"])
