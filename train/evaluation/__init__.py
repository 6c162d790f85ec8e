"""One evaluation from plan to result: a task cross-validated, a model scored, two compared, likely label errors."""
