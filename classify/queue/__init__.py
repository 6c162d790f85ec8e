"""Which sentences to label next, and suggestions for labels; what a person decided belongs in `data.rows`."""
