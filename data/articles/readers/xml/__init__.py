"""News as XML: feeds, the standards of news agencies (NITF, NewsML), and plain databases of articles.

XHTML is a web page; word processors' XML is a document.
"""
