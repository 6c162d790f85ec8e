"""What labelled files may hold, as schemas: values are checked where they are read, before anything is made of them.

Only what reads labelled files imports these modules: they load pydantic, which annotating does not need.
"""
