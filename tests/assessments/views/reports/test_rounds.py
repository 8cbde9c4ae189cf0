"""Reports of rounds with few partners and with many, and of one that is open.

Each has people of its own, so they are apart from test_pages.py.
"""

import pytest
from django.urls import reverse

from tests.assessments.views.reports.test_pages import PEOPLE, address, closed_cast, publish
from tests.cast import build_cast

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 12
QUERIES = 7  # session, user, rights, what the report is made of, and the menu


def test_an_open_round_has_no_report(client):
    cast = build_cast()
    client.force_login(cast.coordinator)
    assert client.get(address(cast)).status_code == 404


@pytest.mark.parametrize("more", [{}, {(f"partner{number}", "uitvoerend"): 3 for number in range(8)}])
def test_a_page_asks_as_many_questions_with_few_as_with_many_partners(client, django_assert_num_queries, more):
    cast = publish(closed_cast(PEOPLE | more))
    client.force_login(cast.reader)
    client.get(address(cast))
    with django_assert_num_queries(QUERIES):
        client.get(address(cast))


@pytest.mark.parametrize("partners", [1, 12])
def test_the_list_of_reports_asks_as_many_questions_with_one_as_with_twelve(
    client, django_assert_num_queries, partners
):
    cast = publish(closed_cast({(f"partner{number}", "uitvoerend"): 6 for number in range(partners)}))
    client.force_login(cast.reader)
    page = reverse("reports", args=[cast.round.pk])
    client.get(page)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        found = client.get(page)
    assert found.context["all"] == partners + 3
