"""The result as a workbook or as JSON: written, and read again to be verified."""
