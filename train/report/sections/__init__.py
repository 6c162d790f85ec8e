"""The sections of a report, one class each; the table of them is ``report.contents``, their figures come from `measures`."""
