"""Every browser test uses these steps: go to the next page, sign in, and walk along pages with axe."""

from django.urls import reverse

from tests.cast import PASSWORD

WIDTHS = {"desktop": 1280, "phone": 360}


def follow(page, target):
    """Clicks on a locator or selector and waits for the page that it leads to: a click alone doesn't wait for that."""
    with page.expect_navigation():
        page.click(target) if isinstance(target, str) else target.click()


def resize(page, width):
    """Makes an open page as wide as the width of this name."""
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})


def sign_in(page, live_server, email, password=PASSWORD):
    page.goto(f"{live_server.url}{reverse('account_login')}")
    enter(page, email, password)


def enter(page, email, password=PASSWORD):
    """Fills in and sends the page to sign in that the browser is on."""
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    follow(page, page.get_by_role("button", name="Inloggen", exact=True))


class Walk:
    """A walk along pages: each is looked at with axe at each width, and the faults of all are told at its end.

    A page stays as wide as it was looked at last, so that what is done there is done on a phone.
    """

    def __init__(self, page, site, axe, widths):
        self.page, self.site = page, site
        self.axe, self.widths = axe, widths
        self.faults = []

    def visit(self, address):
        """Goes to an address of the site and looks at what is there."""
        self.page.goto(f"{self.site}{address}")
        self.look()

    def visit_itself(self, address):
        """Does so only where the address leads to no other: that one is visited by itself."""
        self.page.goto(f"{self.site}{address}")
        if self.page.url == f"{self.site}{address}":
            self.look()

    def visit_named(self, names, *args):
        """Visits some pages by their names, with spaces between, that take the same arguments."""
        for name in names.split():
            self.visit(reverse(name, args=args))

    def look(self):
        """Keeps what is wrong with the page that the browser is on."""
        for width in self.widths(self.page):
            try:
                self.axe(self.page)
            except AssertionError as fault:
                self.faults.append(f"{width}: {fault}")
        headings = self.page.locator("h1").count()
        if headings != 1:
            self.faults.append(f"{self.page.url} has {headings} headings of the first level")
