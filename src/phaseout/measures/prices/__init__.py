"""Price measures: which line pays what, bills, the monthly file, the ledger of income."""
