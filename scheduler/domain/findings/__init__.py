"""Findings: what is wrong with an input, where and how it is put in words, and what is raised for it."""
