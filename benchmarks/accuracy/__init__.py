"""Predictions for the gold data, one file a measure, through the same public functions that the product uses."""
