"""`sayso annotate`, `audit`, and the commands of `sayso data` that ask a model: `build` and `suggest`."""
