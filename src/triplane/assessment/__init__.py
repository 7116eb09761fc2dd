"""From protocol and readings to range with its error, findings and the hip map."""
