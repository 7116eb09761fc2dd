"""Figures as documents: the film of a drill, and its drawn key poses."""
