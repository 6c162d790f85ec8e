"""Can an evaluation be trusted? Verdicts in words with the figure behind each, one module a group of checks.

What is measured stands in `measures`; here it is judged.
"""
