"""Makes examples/contact_centre_week.xlsx: one week of a made-up contact centre of 60 agents.

Everything is drawn from the parameters of these files and one seed, so that the workbook can be made again:

    python -m examples.contact_centre [WORKBOOK.xlsx]

The centre answers two skills from 07:00 to 23:00 and a small hotline around the clock. Its week has two
peaks a day and a thin weekend; its agents are full-time and part-time, some with two or three skills and
better pay; and there is about as much work as there are agents.
"""
