"""Shows one report to whoever has a link with a last day."""
