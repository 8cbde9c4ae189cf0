"""Runs a notebook without Jupyter: its cells of code in order, in one fresh namespace, from the folder it stands in.

`python -m tests.notebooks` runs docs/rekenen.ipynb on what `make notebook` wrote, and puts under its cells what they
print.
"""

import contextlib
import io
import json
from pathlib import Path

REKENEN = Path(__file__).parent.parent / "docs" / "rekenen.ipynb"


def run(path, **parameters):
    """Yields each cell of code with what it printed; `parameters` replace what the cell with that tag sets."""
    namespace = {"__name__": "__main__"}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            printed = io.StringIO()
            with contextlib.chdir(path.parent), contextlib.redirect_stdout(printed):
                exec(compile("".join(cell["source"]), f"{path.name}, {cell['id']}", "exec"), namespace)
            if "parameters" in cell["metadata"].get("tags", ()):
                namespace |= parameters
            yield cell, printed.getvalue()


def outputs(printed):
    """Returns what stands under a cell that printed this."""
    lines = printed.splitlines(keepends=True)
    return [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []


def write_outputs(path):
    notebook = json.loads(path.read_text())
    printed = {cell["id"]: text for cell, text in run(path)}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = outputs(printed[cell["id"]])
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    write_outputs(REKENEN)
