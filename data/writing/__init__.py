"""Outputs that are whole or not there: work folders, their journal, what a killed run left, and the system's locks."""
