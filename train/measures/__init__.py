"""Figures from predictions on held-out articles.

Scores, baselines, calibration, curves, slices. What is printed of them belongs in `report`.
"""
