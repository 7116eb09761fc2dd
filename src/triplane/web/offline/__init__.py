"""Without the app: what a phone takes along, the page it is played on, and how it is handed in."""
