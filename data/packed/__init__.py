"""Compressed files and archives: opening them, with the limits that hold for all of them.

What is in them is read elsewhere: articles by their readers as it comes, labelled sentences from a copy in a folder.
"""
