"""Articles and models in, annotations out."""
