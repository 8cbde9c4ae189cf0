"""What the tests of pages share: a walk along them with axe."""

import pytest
from django.urls import reverse


class Walk:
    """A walk along pages at one width: each is looked at with axe, and the faults of all are told at its end."""

    def __init__(self, page, axe, site):
        self.page, self.axe, self.site = page, axe, site
        self.faults = []

    def visit(self, address):
        """Goes to an address of the site and looks at what is there."""
        self.page.goto(f"{self.site}{address}")
        self.look()

    def visit_named(self, names, *args):
        """Visits some pages by their names, with spaces between, that take the same arguments."""
        for name in names.split():
            self.visit(reverse(name, args=args))

    def look(self):
        """Keeps what is wrong with the page that the browser is on."""
        try:
            self.axe(self.page)
        except AssertionError as fault:
            self.faults.append(str(fault))
        headings = self.page.locator("h1").count()
        if headings != 1:
            self.faults.append(f"{self.page.url} has {headings} headings of the first level")


@pytest.fixture
def walk(page, axe, live_server, width):
    """A walk at each width; when it has ended, the test fails with the faults of all its pages."""
    walk = Walk(page, axe, live_server.url)
    yield walk
    assert not walk.faults, "\n\n".join(walk.faults)
