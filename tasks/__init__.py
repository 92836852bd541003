"""Prefect tasks: one batch step each, joining store, documents, channels and rules."""
