"""The bundle of a release is written from what is in the database, and kept with it."""

import csv
import io
from datetime import date
from zipfile import ZipFile

import pytest

from assessments.actions.networks import merge_partners
from assessments.actions.releases import make_release
from assessments.dataset.tasks import keep_bundle
from assessments.demo.build import build_network
from assessments.models import Partner

pytestmark = pytest.mark.django_db


def partners_in(release):
    """Returns the rows of partners in the bundle, by network, code and round."""
    keep_bundle(release)
    with ZipFile(io.BytesIO(b"".join(release.read_bundle()))) as file:
        rows = csv.DictReader(file.read(f"samenwerking-{release.number}/csv/groups.csv").decode().splitlines())
    found = [row for row in rows if row["group_kind"] == "partner"]
    return {(row["network"], row["group_key"], row["round_id"]): row for row in found}


def test_a_partner_has_the_same_code_in_each_release_also_once_another_has_gone():
    networks = [build_network(f"Voorbeeld {number}", respondents=17, seed=number) for number in range(6)]
    first = partners_in(make_release(day=date(2027, 4, 1), is_constructed=True))
    assert len(first) == Partner.objects.count()
    assert not {code for _, code, _ in first} & {*Partner.objects.values_list("key", flat=True)}
    gone, stays, *_ = networks[0].partners.order_by("pk")
    merge_partners(partner_id=gone.pk, into_id=stays.pk)
    assert partners_in(make_release(day=date(2027, 10, 1), is_constructed=True)) == first
