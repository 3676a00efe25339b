"""Pages of this room: officials of the nine areas, the enterprise, banks, the public."""
