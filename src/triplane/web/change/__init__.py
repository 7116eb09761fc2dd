"""What goes otherwise: a day away, a day with little time, a race."""
