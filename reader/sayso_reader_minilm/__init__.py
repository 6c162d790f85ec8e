"""The reader ``minilm`` of sayso: data, which ``sayso annotate --reader minilm`` finds without importing this package."""
