"""The verb ``repair``: its searches one after another, and the nearest roster where none is legal."""
