"""The input as the sheets of a workbook."""
