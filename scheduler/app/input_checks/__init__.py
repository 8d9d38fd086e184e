"""Whether an input can be planned by: every check of the domain and of the model, asked at one place."""
