"""The phone: a second, encrypted listener on the local network, and which phones it answers."""
