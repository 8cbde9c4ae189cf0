"""Reads a page by its elements, so that a test of what it says does not pass on another part of the page.

The parser and the selectors are those that WeasyPrint brings.
"""

import cssselect2
import tinyhtml5

MESSAGES = ".messages > [role]"
FAULTS = "[role=alert], .utrecht-form-field-error-message"
WARNINGS = ".utrecht-alert--warning"
BUTTONS = "main button[type=submit]"


def elements(page, selector):
    """Returns the elements of a response, or of its HTML, that a CSS selector finds, in the order of the page."""
    html = page if isinstance(page, str) else page.content.decode()
    root = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse(html, namespace_html_elements=False))
    return [found.etree_element for found in root.query_all(selector)]


def texts(page, selector):
    """Returns what each of these elements says, with its white space as a reader sees it."""
    return [" ".join("".join(element.itertext()).split()) for element in elements(page, selector)]


def text_of(page, selector):
    """Returns what these elements say together, a line for each; fails if the page has none of them."""
    found = texts(page, selector)
    assert found, f"The page has no {selector}"
    return "\n".join(found)


def links(page, selector="main a"):
    """Returns where these links lead, in the order of the page."""
    return [element.get("href") for element in elements(page, selector)]


def value_of(page, name):
    """Returns what the one field of this name holds; of a list, the value of the option that is chosen."""
    [field] = elements(page, f"[name='{name}']")
    if field.tag == "select":
        [value] = [option.get("value") for option in field.iter("option") if "selected" in option.attrib]
        return value
    return field.get("value", "") if field.tag == "input" else "".join(field.itertext()).removeprefix("\n")
