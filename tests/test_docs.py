"""The documentation leads where it says that it does: links, headings and the index of decisions."""

import ast
import re

from django.apps import apps
from django.conf import settings

from tests.html import texts

PAGES = sorted([*settings.BASE_DIR.glob("*.md"), *(settings.BASE_DIR / "docs").glob("*.md")])
LINK = re.compile(r"\[[^\]]+\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
DECISIONS = (settings.BASE_DIR / "docs" / "decisions.md").read_text()


def anchors(path):
    """Returns the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"(?m)^#+ (.+)$", path.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_within_the_documentation_leads_somewhere():
    lost = []
    for page in PAGES:
        for place, anchor in LINK.findall(page.read_text()):
            there = (page.parent / place).resolve() if place else page
            if not there.exists() or (anchor and anchor not in anchors(there)):
                lost.append(f"{page.name}: {place}#{anchor}")
    assert lost == []


def test_the_pictures_of_the_readme_are_light_and_say_what_is_on_them():
    shown = re.findall(r'<img src="([^"]+)" width="\d+" alt="([^"]+)">', (settings.BASE_DIR / "README.md").read_text())
    assert len(shown) == 3
    for place, said in shown:
        assert (settings.BASE_DIR / place).stat().st_size <= 150_000
        assert len(said) > 40


def test_the_manual_is_the_page_with_help(client):
    written = (settings.BASE_DIR / "docs" / "handleiding.md").read_text()
    # What Markdown has before a line, and lines broken in a paragraph
    blocks = [
        re.sub(r"\s+", " ", re.sub(r"^(#+|-) ", "", part)) for part in re.split(r"\n\n|\n(?=- )", written.strip())
    ]
    shown = texts(client.get("/hulp/"), "main :is(h1, h2, h3, p, li)")
    assert shown == [block for block in blocks if not block.startswith("Deze handleiding staat ook")]


def test_every_test_that_contributing_names_exists():
    named = set(re.findall(r"`(test_\w+)`", (settings.BASE_DIR / "CONTRIBUTING.md").read_text()))
    tests = "\n".join(path.read_text() for path in (settings.BASE_DIR / "tests").rglob("test_*.py"))
    assert len(named) > 5
    assert named - set(re.findall(r"(?m)^def (test_\w+)", tests)) == set()


def test_the_page_on_architecture_says_what_is_in_every_table_of_ours():
    told = (settings.BASE_DIR / "docs" / "architecture.md").read_text().partition("## What is in which table")[2]
    first_cells = " ".join(re.findall(r"(?m)^\| (`[^|]+) \|", told))
    tables = {model._meta.model_name for model in apps.get_app_config("assessments").get_models()}
    assert tables - set(re.findall(r"`(\w+)`", first_cells)) == set()


def test_a_room_that_lists_its_modules_lists_all_of_them():
    lists = {}
    for room in ("anonymity", "filling"):
        folder = settings.BASE_DIR / "assessments" / room
        about = ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
        lists[room] = set(re.findall(r"(?m)^(\w+\.py) ", about)) ^ {path.name for path in folder.glob("[!_]*.py")}
    assert lists == {"anonymity": set(), "filling": set()}


def test_every_decision_is_in_the_index_with_its_date_and_a_status():
    index, _, entries = DECISIONS.partition("\n## The instrument\n")
    listed = re.findall(r"(?m)^\| \[(.+)\]\(#\S+\) \| (\d{4}-\d\d-\d\d) \| (accepted|superseded) \|$", index)
    written = re.findall(r"(?m)^### (.+)\n\n\*Accepted, (\S{10})(; superseded on \S{10} by )?", entries)
    assert listed == [(title, day, "superseded" if by else "accepted") for title, day, by in written]
    assert len(listed) == entries.count("### ") > 60
