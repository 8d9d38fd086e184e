"""How a workbook looks beside the values of its cells: number formats, charts, and what lies over a sheet."""
