"""Safety questions to clearance and restrictions: what must not be offered, and what to say instead."""
