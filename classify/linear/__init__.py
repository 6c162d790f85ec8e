"""Linear models at work on any features, and their chances.

Which features those are is told in `attribution`, `kinds`, `stance_bias` and `wording`.
"""
