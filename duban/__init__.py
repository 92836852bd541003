"""The command line: how a person starts any of it."""
