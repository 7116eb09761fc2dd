"""How it goes: range, minutes, soreness and running, each chart with its table."""
