"""The pages of the watch, for officials: a firm is not told how it is watched."""
