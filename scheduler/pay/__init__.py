"""What hours are worth: premiums by time, payroll lines, and where money is rounded."""
