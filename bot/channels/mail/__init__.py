"""E-mail: `read` a message, `fetch` what comes in, `write` what goes out; `tokens` tie the two together."""
