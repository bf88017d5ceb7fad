"""Who is who: the roster brought up to date, addresses tied to people, people who come, move and leave."""
