"""Postgres as every part needs it: pool, queries, migrations, tenants, documents."""
