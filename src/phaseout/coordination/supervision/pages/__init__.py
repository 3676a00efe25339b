"""The pages: thin views over the room."""
