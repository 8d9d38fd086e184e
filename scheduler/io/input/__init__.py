"""The input as a workbook or as JSON: read with every finding, and written."""
