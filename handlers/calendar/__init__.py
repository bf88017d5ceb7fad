"""The school year as each role has to live it: who has what to do, and by when."""
