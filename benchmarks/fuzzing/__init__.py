"""What `fuzz.py` is made of: inputs, the checks that each has to pass, the table of kinds, and the shrinking of failures.

``case`` holds an input and a fault, ``checks`` runs an input and finds its fault, ``shrink`` makes a failing input smaller,
``mutations`` changes text and bytes, ``samples`` has invented articles and odd values, ``kinds`` makes the inputs.
"""
