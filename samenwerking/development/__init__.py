"""Changes Django's runserver for a developer's machine. It is an app, since commands are found in apps only."""
