"""The sheets of staffing: required and scheduled, by interval, by shift, and agent by agent."""
