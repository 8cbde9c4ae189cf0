"""The pages of a release in a browser, at both widths."""

from django.urls import reverse

from tests.assessments.views.research.test_releases import forget, released, with_a_bundle
from tests.browsing import sign_in


def test_the_pages_are_accessible_and_fit_a_phone(live_server, walk):
    cast = released()
    with_a_bundle(cast.release)
    sign_in(walk.page, live_server, cast.appointed.email)
    for name in ("release", "release_tables"):
        walk.visit(reverse(name, args=[cast.release.pk]))
    walk.page.context.clear_cookies()
    sign_in(walk.page, live_server, cast.admin.email)
    walk.visit_named("release_new")
    forget()
    walk.visit_named("release_new")
