"""From files to articles, and from articles to sentences.

Readers, decoding, boilerplate, boundaries, quotation marks. Labels belong in `rows`.
"""
