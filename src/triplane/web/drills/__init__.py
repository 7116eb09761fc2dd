"""The drills with their filters, and a page for each."""
