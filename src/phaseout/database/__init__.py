"""The embedded PostgreSQL: its life, its backups. It knows no Django and no table of ours.

embedded.start(home), .stop(home), .status(home)      one server an installation, on a socket
"""
