"""The runner's journal on disk: one append-only table of facts."""
