"""Today, the home page."""
