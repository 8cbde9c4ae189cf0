"""The pages, by who comes to them. A package may use the next ones: research, coordinator, filling, reports."""
