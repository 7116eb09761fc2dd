"""Planning rules: one module each, found by being there."""
