"""Web push: a device that asked is sent a few words, sealed for it alone, by its browser's own service."""
