"""Training a word reader: the network, by torch, and the linear models on top of it."""
