"""Importing this loads what Apprise takes most of a second to read: for the server that forks the processes to kill."""

from channels.plugins import load_plugins

load_plugins()
