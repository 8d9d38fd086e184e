"""The Lagrangian bound: the pricing problem, dual ascent, the aggregated LP, crews, and the certificate."""
