"""What facts are made of: immutable records and their fields, names, money, times, and each in words."""
