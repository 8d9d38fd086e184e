"""A roster read back from a workbook that people may have edited."""
