"""The calendar to subscribe to: its secret address, and its page in the settings."""
