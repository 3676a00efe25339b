"""The pages of inspections, for officials: a firm is not told when it will be visited. And one for
the public (`tips`)."""
