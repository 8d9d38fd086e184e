"""The facts of one planning task: demand, shifts, contracts, agents, and what comes again every week."""
