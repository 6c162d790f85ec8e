"""What people answered in another tool becomes columns of sentences, whichever tool it was.

How a tool writes its files belongs in `exports`.
"""
