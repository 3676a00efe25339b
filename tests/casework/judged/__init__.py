"""Tests on one province that was judged once for all of them; each rolls its own back."""
