"""Who may sign in: our own User, with the e-mail address as login."""
