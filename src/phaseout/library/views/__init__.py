"""Pages of the norm library: public, made from the book in memory; signatures beside it."""
