"""Employees: settlement plans, compensation, arrears, re-employment."""
