"""Reminders: who is due what, and when; what people answer to them."""
