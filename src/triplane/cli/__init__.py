"""The triplane command, one module per group of commands."""
