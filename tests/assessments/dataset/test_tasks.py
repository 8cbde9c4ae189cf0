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
from assessments.models import Network, OpenAnswer, Partner

pytestmark = pytest.mark.django_db


def partners_in(release):
    """Returns the rows of partners in the bundle, by network, code and round."""
    keep_bundle(release)
    with ZipFile(io.BytesIO(b"".join(release.read_bundle()))) as file:
        rows = csv.DictReader(file.read(f"samenwerking-{release.number}/csv/groups.csv").decode().splitlines())
    found = [row for row in rows if row["group_kind"] == "partner"]
    return {(row["network"], row["group_key"], row["round_id"]): row for row in found}


def everything_in(packed):
    """Returns the content of a zip file and of those in it, such as an Excel file."""
    with ZipFile(io.BytesIO(packed)) as file:
        parts = [file.read(name) for name in file.namelist()]
    return b"".join(everything_in(part) if part.startswith(b"PK") else part for part in parts)


def nothing_of_a_person_is_in(release):
    """Checks that neither what people wrote is in the bundle, nor what the codes of partners are made with."""
    content = everything_in(b"".join(release.read_bundle())).decode(errors="ignore")
    texts = set(OpenAnswer.objects.values_list("text", flat=True))
    assert len(texts) > 5
    assert not [text for text in texts if text in content]
    salts = Network.objects.values_list("partner_salt", flat=True)
    assert not [salt for salt in salts if salt.hex in content or str(salt) in content]


def test_a_partner_has_the_same_code_in_each_release_also_once_another_has_gone():
    networks = [build_network(f"Voorbeeld {number}", respondents=17, seed=number) for number in range(6)]
    release = make_release(day=date(2027, 4, 1), is_constructed=True)
    first = partners_in(release)
    nothing_of_a_person_is_in(release)
    assert len(first) == Partner.objects.count()
    assert not {code for _, code, _ in first} & {*Partner.objects.values_list("key", flat=True)}
    gone, stays, *_ = networks[0].partners.order_by("pk")
    merge_partners(partner_id=gone.pk, into_id=stays.pk)
    assert partners_in(make_release(day=date(2027, 10, 1), is_constructed=True)) == first
