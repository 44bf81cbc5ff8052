"""The jobs, as plain functions that are told the time. The only place where crawler meets store.

When they run is left to the scheduler, how they are asked for to the command line and the desk; which
there are stands in `__init__.pyi`. Each is loaded when it is first asked for: all together take longer
to load than most take to run.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
