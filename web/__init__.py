"""The pages (网页): signed links that open a message and act on its duties, and the heart an outside watchdog reads."""
