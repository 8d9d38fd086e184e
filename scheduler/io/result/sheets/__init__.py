"""The sheets that show a result, one module a sheet or a pair of sheets, in rooms of what they tell.

Each module offers ``add_...(page, ...)``; :mod:`scheduler.io.result.workbook_writer` puts them together.
"""
