"""How the figures of a report are drawn: charts, the names in them, and the fonts that have their letters."""
