"""The benches print their results here: figures that a program can read, and limits that hold on a quiet machine."""

import os

LIMITS = os.environ.get("BENCH_LIMITS") != "off"


def figure(name: str, seconds: float) -> None:
    """Prints seconds of processor time, for `.ci/compare-builds` to read: keep the form and the names."""
    print(f"\nfigure {name} {seconds:.6f}")


def within(found: float, limit: float, what: str) -> None:
    """Fails where `found` isn't under its limit; a comparison of two builds asks for figures alone."""
    assert not LIMITS or found < limit, f"{what}: {found:.3f}, where {limit} is the limit"
