"""What the pages of the queue, of progress and of disputes show, as plain values; the pages themselves stand beside it."""
