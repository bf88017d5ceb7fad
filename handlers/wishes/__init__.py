"""What people want done, in whatever words: each wish leads to the ability that does it."""
