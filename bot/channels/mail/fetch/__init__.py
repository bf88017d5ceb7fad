"""Fetching mail: what stands new in the mailboxes, and what becomes of each mail."""
