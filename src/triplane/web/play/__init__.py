"""The player: a session full screen, by the clock, for the eye and for the ear."""
