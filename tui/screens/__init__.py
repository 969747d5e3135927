"""Screens and dialogs, and the actions that they share."""
