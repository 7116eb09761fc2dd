"""What leaves the house: a session or the week on paper, and a session as a file for a watch or a program."""
