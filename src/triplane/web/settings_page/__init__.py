"""The settings: theme, defaults, files, clearances, what is on record, and removing it all."""
