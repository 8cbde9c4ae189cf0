"""Pages of participants: everything behind a personal link."""
