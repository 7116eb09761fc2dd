"""Measure: the tests to take, one test, and what it gave."""
