"""What several rooms' tests share: a PostgreSQL server, a carrier's stand-in, a running system."""
