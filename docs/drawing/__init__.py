"""What the pictures of README and docs are drawn with; ``make docs`` calls it through docs/pictures.py."""
