"""Funds: programmes, applications, allocation, payments, a ledger that balances."""
