"""Exports whose lines begin with the names of fields: ProQuest, EBSCO, Gale, NewsBank, and texts of no archive.

`layouts.py` has what differs between them. Codes of two letters belong in `factiva.py`, labels in capitals in `lexis.py`.
"""
