"""What a search and the verifier return: roster, outcome, report and certificate, and when a search ends."""
