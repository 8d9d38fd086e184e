"""What a rule is: a sentence with parameters, a scope and a strength; and the book of them."""
