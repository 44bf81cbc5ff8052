"""Predictions for the gold data, made by the same public functions the product uses."""
