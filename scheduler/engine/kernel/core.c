/* The compiled core of the search, one translation unit. No Python.h: it is loaded with ctypes. */
#include "model.h"

/* Raised, with ABI_VERSION in __init__.py, when a signature or a struct changes. */
EXPORT int staffcurve_abi(void) { return 17; }

/* Sizes of the structs, for the test that holds them against their mirrors in Python. */
EXPORT int staffcurve_size_of_model(void) { return (int)sizeof(Model); }
EXPORT int staffcurve_size_of_state(void) { return (int)sizeof(State); }
EXPORT int staffcurve_size_of_touch(void) { return (int)sizeof(Touch); }
EXPORT int staffcurve_size_of_variant(void) { return (int)sizeof(Variant); }

#include "layout.c"
#include "staffing.c"
#include "limits.c"
#include "heads.c"
#include "week.c"
#include "completion_bounds.c"
#include "fixed_days.c"
#include "k_best.c"
#include "automata.c"
#include "moves.c"
