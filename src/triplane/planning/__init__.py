"""The week as an exact optimisation problem: rules, the solver, the checker and the reference planner.

Speaks:  WeekProblem, Candidate, Schedule, Infeasible.      Knows: screening, assessment, catalogue, history.      Never: how yesterday felt.
"""
