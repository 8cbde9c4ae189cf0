"""What coördinators fill in, checked; the writes themselves are actions."""
