"""Short forms that end in a ticket with just what the team needs: one row of a table each."""
