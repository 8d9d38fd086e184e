/* The compiled core of the search, one translation unit. No Python.h: it is loaded with ctypes. */
#include "model.h"

/* Raised, with ABI_VERSION in __init__.py, when a signature or a struct changes. */
EXPORT int staffcurve_abi(void) { return 26; }

/* what both rooms read */
#include "limits.c"
#include "heads.c"

/* the pricing problem, which knows no roster */
#include "pricing/layout.c"
#include "pricing/week.c"
#include "pricing/completion_bounds.c"
#include "pricing/fixed_day_sums.c"
#include "pricing/fixed_days.c"
#include "pricing/k_best.c"
#include "pricing/automata.c"

/* the local search on one roster */
#include "search/staffing.c"
#include "search/deferred.c"
#include "search/limit_changes.c"
#include "search/choices.c"
#include "search/whole_week.c"
#include "search/moves.c"
#include "search/roster.c"

/* hiring by the week, which knows no roster */
#include "hiring.c"

/* What C and Python both write down, by name: sizes of structs, places of fields in records, places in
 * enums, marks and limits of size. The sizes
 * are compared when the library is loaded, everything else by tests/engine/kernel/test_structs.py. */
typedef struct {
    const char *name;
    int64_t value;
} SharedNumber;
#define SIZE(type) {"sizeof " #type, (int64_t)sizeof(type)}
#define NUMBER(name) {#name, name}
#define FIELD(type, field) {#type "." #field, (int64_t)(offsetof(type, field) / sizeof(int32_t))}
static const SharedNumber SHARED[] = {
    SIZE(Model), SIZE(State), SIZE(Deferred), SIZE(Automaton), SIZE(Variant), SIZE(Touch), SIZE(Layers), SIZE(Joined), SIZE(Label), SIZE(Hiring),
    NUMBER(MOVE_BREAK), NUMBER(MOVE_START), NUMBER(MOVE_SHIFT), NUMBER(MOVE_DAY), NUMBER(MOVE_PAIR),
    NUMBER(MOVE_TRADE), NUMBER(MOVE_BLOCK), NUMBER(MOVE_DRAW), NUMBER(MOVE_WEEK), NUMBER(MOVE_COUNTERS),
    NUMBER(TOTAL), NUMBER(RUN), NUMBER(GAP), NUMBER(PAIR), NUMBER(REST), NUMBER(SPREAD), NUMBER(UNBOUNDED),
    NUMBER(UNKNOWN_PAST),
    FIELD(Record, kind), FIELD(Record, length), FIELD(Record, limit),
    FIELD(BlockLimit, column), FIELD(BlockLimit, carried), FIELD(BlockLimit, least), FIELD(BlockLimit, most),
    FIELD(BlockLimit, blocks), FIELD(BlockLimit, block),
    FIELD(GapLimit, minutes), FIELD(GapLimit, since_start), FIELD(GapLimit, column), FIELD(GapLimit, carried),
    FIELD(GapLimit, row_days), FIELD(GapLimit, carried_days), FIELD(GapLimit, asked),
    FIELD(PairLimit, column), FIELD(PairLimit, day), FIELD(PairLimit, then_column), FIELD(PairLimit, then_day),
    FIELD(RestLimit, since), FIELD(RestLimit, until), FIELD(RestLimit, minutes), FIELD(RestLimit, spans),
    FIELD(RestLimit, span),
    FIELD(SpreadLimit, minutes), FIELD(SpreadLimit, asked),
    NUMBER(FREE), NUMBER(OPEN_DAY), NUMBER(NO_MEMORY),
    NUMBER(MOST_BREAKS), NUMBER(MOST_SKILLS), NUMBER(MOST_HEAD_ROWS), NUMBER(MOST_DAYS), NUMBER(MOST_DUTY_SLOTS), NUMBER(MOST_POSITIONS),
    NUMBER(LONG_MENU), NUMBER(DIE_SIDES),
    NUMBER(MOST_OPTIONS), NUMBER(MOST_STARTS),
};
#undef SIZE
#undef NUMBER
#undef FIELD

EXPORT int staffcurve_shared_count(void) { return (int)(sizeof SHARED / sizeof *SHARED); }
EXPORT const char *staffcurve_shared_name(int number) { return SHARED[number].name; }
EXPORT int64_t staffcurve_shared_value(int number) { return SHARED[number].value; }
