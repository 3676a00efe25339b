"""The pages of lists, for officials and for the firm."""
