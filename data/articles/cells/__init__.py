"""What a cell of a table, a field of JSON or a plain text holds besides words, and how the words are got out of it.

Markup, escapes, printed lists, broken characters. Which column holds the text belongs in `articles.tables`.
"""
