"""The knowledge base and its matcher; imports nothing of ours."""
