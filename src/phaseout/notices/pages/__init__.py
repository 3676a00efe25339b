"""The pages of notices: what one was told, how one wants to be told, what went out."""
