"""Runs work in a process of its own, which gives back all memory when it ends: for what packages take that few need."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def apart(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Returns what `work` returns, or raises what it raises; both that and what it is given can be pickled.

    The process begins empty, and imports what `work` needs. Work that needs Django sets it up itself.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *arguments, **named).result()
