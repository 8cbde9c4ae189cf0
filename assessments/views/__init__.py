"""The pages, by who comes to them; each package has its own urls. Nothing but urls imports views."""
