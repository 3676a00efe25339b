"""The pages of the annual report: the years, one year with its figures, the rows behind them."""
