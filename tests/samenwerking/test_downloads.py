"""Files are named after whose they are and what."""

import pytest

from samenwerking.downloads import file_name, file_response


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Netwerk Oost", "Voorjaar 2026", "Samenvatting", ""), "netwerk-oost-voorjaar-2026-samenvatting.pdf"),
        (("Café ‘t Hoekje / Zuid", "1", "concept"), "cafe-t-hoekje-zuid-1-concept.pdf"),
        (("学校", ""), "bestand.pdf"),
        (("x" * 90, "cijfers"), f"{'x' * 40}-cijfers.pdf"),
    ],
)
def test_a_name_goes_from_the_whole_to_the_part(parts, name):
    assert file_name(*parts, kind="pdf") == name


def test_a_file_is_kept_unless_it_is_shown():
    kept, shown = (file_response(b"", "text/csv", "a.csv", is_shown=is_shown) for is_shown in (False, True))
    assert kept["Content-Disposition"] == 'attachment; filename="a.csv"'
    assert shown["Content-Disposition"] == 'inline; filename="a.csv"'
