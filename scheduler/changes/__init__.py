"""What changes between rosters: two of them compared, duties swapped, and people found for what is open.

Nothing here searches, and nothing here decides what is legal: that is asked of the verifier.
"""
