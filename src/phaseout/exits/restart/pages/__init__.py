"""The pages of the watch, for officials."""
