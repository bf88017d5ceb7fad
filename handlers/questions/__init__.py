"""Answering from the knowledge base, and what comes after an answer."""
