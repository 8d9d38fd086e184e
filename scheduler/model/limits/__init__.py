"""The few kinds of limit that rules are made of, as plain data, and the verbs that they count."""
