"""The reader ``minilm`` for sayso: data alone, which ``sayso annotate --reader minilm`` finds without importing this package."""
