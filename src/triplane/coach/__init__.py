"""The use cases in the runner's verbs: screen, measure, plan, log, check in, explain, day."""
