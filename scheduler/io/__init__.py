"""Reading and writing: workbooks, JSON documents, files. The only room that knows pandas and openpyxl.

One table of sheets and columns (:mod:`scheduler.io.input.sheets`) feeds template, reader and writer.
"""
