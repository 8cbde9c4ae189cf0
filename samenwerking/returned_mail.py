"""Finds in pasted mail, or in a list, which addresses it names and which of these it says that mail did not reach.

Knows no Django. What a mail server reports has a form of its own (RFC 3464); people also paste what their mail program
shows of it, or a list. So what is found here is to be shown and ticked, not to be acted on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from samenwerking.addresses import cleaned, found_in

RECIPIENT = re.compile(r"^(?:Final|Original)-Recipient:\s*(?:rfc822|utf-8)\s*;\s*(\S+)", re.IGNORECASE | re.MULTILINE)
ACTION = re.compile(r"^Action:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
BEFORE = "<>*•-–·\"'([ \t"  # what stands before an address that a line begins with
LONGEST_LINE = 120


@dataclass(frozen=True)
class Returned:
    """Is an address, whether the text says that mail did not reach it, and the line in which it stands."""

    address: str
    has_failed: bool
    line: str


def returned(text: str) -> list[Returned]:
    """Returns the addresses in a text, each once, in the order of the alphabet.

    Where a server reports on its recipients, those have failed of which it says so: one that is delayed has not.
    Without a report these are the addresses with which a line begins, as in a list.
    """
    reports = _reports(text)
    found: dict[str, Returned] = {}
    for line in text.splitlines():
        for address in found_in(line):
            has_failed = reports.get(address) == "failed" if reports else _begins_with(line, address)
            if address not in found or (has_failed and not found[address].has_failed):
                found[address] = Returned(address, has_failed, line.strip()[:LONGEST_LINE])
    return [found[address] for address in sorted(found)]


def _reports(text: str) -> Mapping[str, str]:
    """Returns by address what the server did with its mail: 'failed', 'delayed', 'delivered'."""
    found: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        action = ACTION.search(block)
        if action:
            found |= {cleaned(recipient): action[1].lower() for recipient in RECIPIENT.findall(block)}
    return found


def _begins_with(line: str, address: str) -> bool:
    return line.lstrip(BEFORE).lower().removeprefix("mailto:").startswith(address)
