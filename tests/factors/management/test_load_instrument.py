"""`manage.py load_instrument` refuses files that are not whole in a sentence, before any round could use them."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from factors.documents import FOLDER
from factors.models import InstrumentVersion

# What is changed in a file, and what the sentence names.
FAULTS = {
    "an advice that does not exist": ("rules.yaml", "advice: [", "advice: [bestaat_niet, ", "advies ‘bestaat_niet’"),
    "an item that does not exist": ("rules.yaml", "item: voorgeschiedenis,", "item: vorgeschiedenis,", "onderdeel"),
    "a rule that does not exist": ("rules.yaml", "unless: [", "unless: [bestaat_niet, ", "regel bij unless"),
    "a reading that does not exist": ("rules.yaml", "is: [verdeeld]", "is: [verdeelt]", "lezing ‘verdeelt’"),
    "a source that does not exist": ("rules.yaml", "source: smeets2018", "source: smeets", "bron ‘smeets’"),
    "a key too many in a source": ("sources.yaml", "  year:", "  jaar: 1\n  year:", "‘jaar’"),
    "a key that an advice lacks": ("advice/kennis.yaml", "  title:", "  titel:", "advice/, kennis"),
    "a factor without a file": ("phases.yaml", "voorgeschiedenis", "voorgeschiedenissen", "phases.yaml"),
    "a factor of a lens": ("lenses/kanter.yaml", "[prikkels.kennis,", "[prikkels.kenis,", "lenses/kanter.yaml"),
    "a minimum in words": ("perspectives/ouders.yaml", "minimum: 5", "minimum: vijf", "perspectives/ouders.yaml"),
    "a minimum under five": ("perspectives/ouders.yaml", "minimum: 5", "minimum: 4", "5 of meer"),
    "a minimum that is no number": ("perspectives/ouders.yaml", "minimum: 5", "minimum: true", "5 of meer"),
    "no minimum": ("perspectives/ouders.yaml", "minimum: 5", "", "‘minimum’"),
    "a level that does not exist": ("factors/middelen.yaml", "  uitvoerend:", "  leraar:", "MI1: niveau ‘leraar’"),
    "words of a level that are absent": ("factors/middelen.yaml", "uitvoerend: ", "uitvoerend: # ", "MI1: de tekst"),
    "words of a level that are everybody's": (
        "factors/communicatie.yaml",
        'uitvoerend: "Ik hoor genoeg van leidinggevenden',
        'uitvoerend: "Ik hoor genoeg van de andere niveaus',
        "CO4: de tekst voor ‘uitvoerend’ is die van alle niveaus",
    ),
    "words of a level that are a list": (
        "factors/prikkels.yaml",
        '          uitvoerend: "In',
        '          - uitvoerend: "In',
        "factors/, prikkels",
    ),
    "an answer of ouders less": (
        "perspectives/ouders.yaml",
        '  - {value: 3, label: "soms wel, soms niet"}\n',
        "",
        "andere waarden",
    ),
    "no answers of ouders": ("perspectives/ouders.yaml", "scale:", "schaal:", "‘scale’"),
    "an item of an interview": ("interview.yaml", "item: regels", "item: regel", "onderdeel ‘regel’ bestaat niet"),
    "a level of an interview": ("interview.yaml", "levels: [bestuur]", "levels: [raad]", "niveau ‘raad’"),
    "a question of no number": ("interview.yaml", ", number: 1}", "}", "interview.yaml, nummer 1: ‘óf number óf topic"),
    "a file that is no YAML": ("outcome.yaml", "key:", "key: [", "outcome.yaml"),
}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "instrument")


@pytest.mark.django_db
def test_a_fault_is_one_sentence_that_names_the_place_and_nothing_is_loaded(folder, subtests):
    for fault, (file, good, bad, named) in FAULTS.items():
        with subtests.test(fault), changed(folder / file, good, bad):
            with pytest.raises(CommandError, match=r"^Het instrument klopt niet\. ") as refusal:
                call_command("load_instrument", folder=folder)
            assert named in str(refusal.value)
            assert refusal.value.returncode == 2
            assert not InstrumentVersion.objects.exists()


@contextmanager
def changed(file, good, bad):
    """Changes a text in a file the first time that it stands there, and puts the file back."""
    text = file.read_text()
    assert good in text
    file.write_text(text.replace(good, bad, 1))
    try:
        yield
    finally:
        file.write_text(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "file", ["outcome.yaml", "perspectives/ouders.yaml", "factors/regels.yaml", "conversation.yaml", "interview.yaml"]
)
def test_a_file_that_is_missing_is_said_so(folder, file):
    (folder / file).unlink()
    with pytest.raises(CommandError, match=file.split("/")[-1].removesuffix(".yaml")):
        call_command("load_instrument", folder=folder)


def test_the_command_ends_with_exit_code_two_and_no_traceback(folder):
    (folder / "rules.yaml").write_text("version: '1'\nrules:\n  - key: x\n")
    command = [sys.executable, settings.BASE_DIR / "manage.py", "load_instrument", "--folder", folder]
    environment = os.environ | {"DEBUG": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "rules.yaml, x: ‘scope’ ontbreekt" in done.stderr
    assert "Traceback" not in done.stderr
