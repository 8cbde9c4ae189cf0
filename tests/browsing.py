"""Every browser test uses these steps: go to the next page, and sign in."""

from django.urls import reverse

from tests.cast import PASSWORD


def follow(page, target):
    """Clicks on a locator or selector and waits for the page that it leads to: a click alone doesn't wait for that."""
    with page.expect_navigation():
        page.click(target) if isinstance(target, str) else target.click()


def sign_in(page, live_server, email, password=PASSWORD):
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    follow(page, page.get_by_role("button", name="Inloggen"))
