"""The pages of inspections, for officials; and one for the public (`tips`)."""
