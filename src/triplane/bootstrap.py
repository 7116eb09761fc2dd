"""The one place where clock, store and settings meet the use cases."""
