"""A kept PDF is made again once anything that decides a report has changed, and for nothing else."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from assessments.report import version
from assessments.report.version import modules_in, version_in

DECIDES = [
    "assessments/report/sections/front.py",
    "assessments/report/charts/svg.py",
    "assessments/results/advice.py",
    "assessments/disclosure/changes.py",
    "assessments/scores/readings.py",
    "assessments/scores/__init__.py",
    "assessments/dutch.py",
    "assessments/templatetags/languages.py",
    "factors/instrument.py",
    "samenwerking/pdf.py",
    "samenwerking/pdf_signs.py",
    "samenwerking/pdf_speed.py",
    "samenwerking/pdf_tags.py",
    "samenwerking/emoji_nl.tsv",
    "samenwerking/theme.py",
    "templates/report/pdf.html",
    "templates/report/blocks/topic.html",
    "static/css/report-pdf.css",
]
DOES_NOT = [
    "assessments/report/tasks.py",
    "assessments/report/docx/file.py",
    "assessments/report/pptx/deck.py",
    "assessments/views/reports/pages.py",
    "assessments/actions/rounds.py",
    "assessments/models/rounds.py",
    "factors/views.py",
    "templates/base.html",
    "static/css/site.css",
]

BUILDS = """
import sys, django
django.setup()
before = set(sys.modules)
import assessments.report.builder, assessments.report.pdf
print(*sys.modules.keys() - before)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Returns a copy of the project that a test may change."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("assessments", "factors", "samenwerking", "templates", "static/css"):
        shutil.copytree(settings.BASE_DIR / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def with_another(project, name):
    """Returns the version while a line is added to this file."""
    path = project / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    found = version_in(project)
    path.write_bytes(content)
    return found


def test_a_copy_of_the_project_has_its_version(project):
    assert version_in(project) == version.version()


def test_another_version_comes_of_each_file_that_decides_a_report_wherever_it_stands(project):
    before = version_in(project)
    assert [name for name in DECIDES if with_another(project, name) == before] == []


def test_no_other_version_comes_of_what_decides_none(project):
    before = version_in(project)
    assert [name for name in DOES_NOT if with_another(project, name) != before] == []


def test_a_module_that_is_imported_from_now_on_decides_too(project):
    advice, newcomer = project / "assessments/results/advice.py", project / "assessments/results/newcomer.py"
    newcomer.write_text("LEAST = 3\n")
    content = advice.read_text()
    advice.write_text(content + "\n\ndef late():\n    from assessments.results import (\n        newcomer,\n    )\n")
    assert modules_in(project)["assessments.results.newcomer"] == newcomer
    assert with_another(project, "assessments/results/newcomer.py") != version_in(project)
    advice.write_text(content)
    newcomer.unlink()


def test_every_module_of_ours_that_a_process_loads_to_build_a_report_is_found():
    """The version is compared with what Python itself imports, in a process that does nothing else."""
    told = subprocess.run(
        [sys.executable, "-c", BUILDS], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    ours = {name for name in told.stdout.split() if name.split(".")[0] in ("assessments", "factors", "samenwerking")}
    assert "assessments.disclosure.changes" in ours
    assert ours - modules_in(settings.BASE_DIR).keys() == set()
