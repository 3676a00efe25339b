"""The watch over cut and sealed lines: meter readings, what they tell, reports by the public."""
