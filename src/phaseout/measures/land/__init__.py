"""Land: parcels, disposal, recovery, proceeds, continued use."""
