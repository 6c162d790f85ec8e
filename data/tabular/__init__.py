"""Tables as other programs write them, read row by row: delimited text, spreadsheets, Parquet.

What the columns mean belongs in `rows` (labelled sentences) and `articles`.
"""
