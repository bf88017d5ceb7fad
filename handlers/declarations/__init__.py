"""Declaring the copies made in class: the conversation, the works, the limits of the agreement, the periods."""
