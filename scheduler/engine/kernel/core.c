/* The compiled core of the search, one translation unit. No Python.h: it is loaded with ctypes. */
#include "model.h"

/* Raised, with ABI_VERSION in __init__.py, when a signature or a struct changes. */
EXPORT int staffcurve_abi(void) { return 2; }
EXPORT int staffcurve_sizes(int what) { return what == 0 ? (int)sizeof(Model) : what == 1 ? (int)sizeof(State) : (int)sizeof(Variant); }

#include "layout.c"
#include "staffing.c"
#include "limits.c"
#include "week.c"
#include "moves.c"
