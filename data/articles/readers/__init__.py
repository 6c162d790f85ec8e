"""One module for each kind of file that holds articles.

Their table is `articles.kinds.READERS`. What tables of articles and of sentences share belongs in `articles.tables`.
"""
