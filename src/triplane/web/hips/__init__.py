"""My hips: the map of both hips, and one direction."""
