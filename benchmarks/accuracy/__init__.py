"""Predictions for the gold data, a file a measure, through the public functions that the product uses."""
