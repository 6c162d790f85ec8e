"""The source audit of many articles: its counts, the newsroom's roster, its page."""
