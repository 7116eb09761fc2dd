"""Files from and for other programs, one module each."""
