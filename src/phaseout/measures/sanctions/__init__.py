"""Joint sanctions, credit lists and licences: records, batches, receipts, release."""
