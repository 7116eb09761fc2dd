"""The next morning, on one screen."""
