"""Says in Dutch what an entry of the audit trail changed. The package prints values as Python writes them."""

from typing import Any

from auditlog.models import LogEntry
from auditlog.render import get_field_verbose_name
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

VALUES = {"None": "(leeg)", "": "(leeg)", "True": "ja", "False": "nee"}


def summary_of(entry: LogEntry) -> str:
    """Returns how many fields changed and which; nothing of what was deleted."""
    if entry.action == LogEntry.Action.DELETE:
        return ""
    names = [name for name, _ in _changes(entry)]
    return f"{len(names)} {'wijziging' if len(names) == 1 else 'wijzigingen'}: {', '.join(names)}" if names else ""


def table_of(entry: LogEntry) -> SafeString | str:
    """Returns a table with a row for each field."""
    if not (changes := _changes(entry)):
        return ""
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
        ((name, *_both(change)) for name, change in changes),
    )
    heads = format_html_join("", '<th scope="col">{}</th>', ((head,) for head in ("Veld", "Was", "Werd")))
    return format_html("<table><tr>{}</tr>{}</table>", heads, rows)


def _changes(entry: LogEntry) -> list[tuple[str, Any]]:
    """Returns what changed by the name of its field; of what was deleted the package also names what hung on it."""
    own = [(field, change) for field, change in sorted(entry.changes_dict.items()) if not _is_of_others(change)]
    return [(get_field_verbose_name(entry, field), change) for field, change in own]


def _is_of_others(change: Any) -> bool:
    return isinstance(change, list) and str(change[0]).endswith(".None")


def _both(change: Any) -> tuple[str, str]:
    """Returns the value before and after; where many objects are related, which came or went."""
    if isinstance(change, dict):
        named = ", ".join(map(str, change["objects"]))
        return ("", named) if change["operation"] == "add" else (named, "")
    before, after = (VALUES.get(str(value), str(value)) for value in change)
    return before, after
