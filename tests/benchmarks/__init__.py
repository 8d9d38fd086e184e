"""What is measured, not tested: ``python -m tests.benchmarks NAME --data FOLDER`` prints one table row.

Each family of benchmarks has a module that builds its :class:`~tests.benchmarks.case.Case`;
``measure`` runs a case through the public ``solve`` and ``verify``. ``book`` runs everything that ``plan``
declares and writes it up; ``profile`` shows where the time of a run goes.
"""
