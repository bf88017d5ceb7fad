"""What is held about somebody: told, handed out, and erased."""
