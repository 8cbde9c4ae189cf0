"""Says whether a mail program would make a link of a part of a text: whoever writes into our mail may not."""

import re

# What mail programs make a link of: also a name like voorbeeld.nl, and any name with a path behind it. Not an address
# with an @, and not the end of a sentence without a space behind its dot ('klaar.De').
ENDINGS = "nl|com|org|net|eu|be|de|info|io|co|me|app|dev|site|online|shop|link|click|top|xyz|biz"
NAME = rf"(?<![@\w.-])(?:[\w-]+\.)+(?:[A-Za-z]{{2,}}/|(?:{ENDINGS}|{ENDINGS.upper()})\b(?!@))"
LINK = re.compile(rf"://|(?i:\bwww\.)|{NAME}")


def holds_link(text: str) -> bool:
    """Tells whether a mail program would make a link of a part of the text."""
    return LINK.search(text) is not None
