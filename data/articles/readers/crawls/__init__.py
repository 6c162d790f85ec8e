"""Archives of web pages as crawlers and browsers write them: WARC, WACZ and HAR; each page is read as one saved by hand."""
