"""The dataset folder: building and writing it, its card, its counts, the hub. How it is split belongs in `splits`."""
