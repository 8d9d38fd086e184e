"""Files: how a workbook is opened, and how anything is written whole or not at all."""
