"""Goes along pages as somebody without JavaScript does: fills in a form that stands on the page, and sends it."""

from tests.html import elements


class Walker:
    """Keeps the last page, and counts how many a browser showed."""

    def __init__(self, client):
        self.client, self.loads, self.page = client, 0, None

    def visit(self, address):
        self._show(self.client.get(address, follow=True))

    def send(self, form, **changes):
        """Sends a form of the last page, found by a selector, with what it held and these changes."""
        [found] = elements(self.page, form)
        target = found.get("action") or self.page.request["PATH_INFO"]
        self._show(self.client.post(target, held(found) | changes, follow=True))

    def _show(self, page):
        assert page.status_code == 200
        self.page = page
        self.loads += 1


def held(form):
    """Returns what the fields of a form would send, its buttons and files left out."""
    said = {}
    for field in (field for field in form.iter() if field.tag in ("input", "select", "textarea")):
        name, kind = field.get("name"), field.get("type")
        if field.tag == "select":
            options = list(field.iter("option"))
            if not options:
                continue
            chosen = next((option for option in options if "selected" in option.attrib), options[0])
            said.setdefault(name, []).append(chosen.get("value"))
        elif kind not in ("file", "submit") and (kind not in ("radio", "checkbox") or "checked" in field.attrib):
            said.setdefault(name, []).append(field.get("value", "on" if kind == "checkbox" else ""))
    return said
