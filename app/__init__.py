"""The composition root: settings, database, web, worker and command line. Nothing imports it."""
