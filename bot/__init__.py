"""The machine: hears, routes, replays conversations and sends letters; knows nothing of any single ability."""
