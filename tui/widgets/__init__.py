"""Widgets, each for one purpose; none knows the store."""
