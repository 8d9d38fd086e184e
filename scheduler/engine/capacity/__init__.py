"""When to start classes of newcomers: one dynamic programme a skill, training rooms in common.

``search`` is its door. It decomposes by skill (G. B. Dantzig and P. Wolfe, Decomposition principle for
linear programs, Operations Research 8, 1960): ``skill_tables`` has a skill as whole numbers, ``programme``
its dynamic programme, ``rooms`` the linear programme that prices the rooms and the choice of one calendar a
skill.
"""
