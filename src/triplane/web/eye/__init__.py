"""The camera's eye: a ticket for one set of a drill, and the socket that its points come through."""
