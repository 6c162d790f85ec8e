"""The reader ``minilm`` for sayso: data alone; ``sayso annotate --reader minilm`` finds it without an import."""
