"""Activity files, one module each: a module with a ``FORMAT`` is found by itself."""
