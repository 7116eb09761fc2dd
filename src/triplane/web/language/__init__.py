"""Which language the pages speak, chosen in the settings."""
