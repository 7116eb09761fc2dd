"""A session: the questions before it, its drills in words, and how it was."""
