"""What is read off the web: pages, feeds, news XML and archives of pages, and any HTML inside of other files.

Files of documents and of archives of articles belong beside this folder; they call `html_text` for the HTML in them.
"""
