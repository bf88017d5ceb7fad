"""The channels: their own wire format in, their own wire format out, `Heard` and `Letter` in between."""
