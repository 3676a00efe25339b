"""The pages of this room: they read, and call the acts."""
