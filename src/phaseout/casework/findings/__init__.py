"""Findings on pages: the inbox, one finding, an enterprise, an industry, the runs."""
