"""Files: how a workbook is opened and saved, and how anything is written whole or not at all."""
