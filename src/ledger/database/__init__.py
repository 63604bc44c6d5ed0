"""Postgres: connections, queries, migrations, tenants and documents."""
