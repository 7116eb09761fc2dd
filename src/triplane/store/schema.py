"""The columns of the one table; each database's own words for it stand with that database."""

SCHEMA_VERSION = 1
"""Version of the table; a journal with a higher one is refused."""

COLUMNS = (
    "seq", "id", "runner", "kind", "version", "occurred_at", "recorded_at", "local_date", "zone",
    "author", "reason", "supersedes", "origin_key", "body",
)  # fmt: skip
