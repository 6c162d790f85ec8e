"""Documents: what word processors, printers, e-book and mail programs write, an article each or several.

Tables, feeds and web pages do not belong here; HTML inside a mail or a book is handed to the reader of web pages.
"""
