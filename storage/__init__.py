"""Tables and statements: SQLAlchemy and nothing else. Takes and returns frozen values, never rows."""
