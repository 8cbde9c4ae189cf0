"""Tells which tests there are, so that a page that names one is held to it."""

import ast

from django.conf import settings


def names_of_tests(path):
    """Returns the names of the tests in a file, also those in a class."""
    tree = ast.parse((settings.BASE_DIR / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing(named):
    """Returns those of the (path, test) that are not there; the test is empty where a whole file is meant."""
    return [
        f"{path}::{test}"
        for path, test in named
        if not (settings.BASE_DIR / path).is_file() or (test and test not in names_of_tests(path))
    ]
