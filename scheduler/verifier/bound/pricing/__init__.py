"""The pricing problem of each agent class: the shifts of each day, their worth, and the limits on them."""
