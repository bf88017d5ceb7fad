"""Head counts of schools: read from lines as people write them, shown beside the old ones, and confirmed."""
