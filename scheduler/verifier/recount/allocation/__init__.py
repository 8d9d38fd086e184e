"""Who serves which skill, and where deferred work is placed: both at the least staffing cost."""
