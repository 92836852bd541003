"""Prefect flows: when the steps run, told like a paragraph."""
