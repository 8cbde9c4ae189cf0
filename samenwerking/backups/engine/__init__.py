"""Is Django's engine for PostgreSQL, which opens no connection to a database that is being restored."""
