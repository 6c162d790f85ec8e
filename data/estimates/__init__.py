"""What machine labels of all sentences and people's labels of a random sample tell together: shares and regressions.

Agreement of annotators, machines among them, belongs in `agreement`; shares corrected by the errors that a model file
knows in `classify`.
"""
