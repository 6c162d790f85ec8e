"""`sayso train`, `evaluate`, `compare`, `model`, and `sayso data check`, which can ask models for unlikely labels."""
