"""What ``import sayso`` offers for annotating: texts, files and tables in, annotations out. What learns is in `train`."""
