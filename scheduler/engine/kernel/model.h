/* The tables that Python prepares once (read only here) and the state that one worker searches in.
 *
 * Times are slots, counted from the start of a padded line: `pad` slots lie before the horizon and
 * `pad` after it, priced at nothing, so that a duty over an edge needs no special case.
 * Costs are sixtieths of a cent held in doubles: integers below 2^53, so sums of them are exact.
 *
 * The layout of both structs is mirrored field by field in bindings.py; core.c exports their sizes.
 */
#ifndef STAFFCURVE_MODEL_H
#define STAFFCURVE_MODEL_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define MOST_BREAKS 8
#define MOST_SKILLS 32
#define MOST_HEAD_ROWS 64 /* of headcounts */
#define MOST_SEGMENTS (MOST_BREAKS + 1)
#define MOST_DAYS 400        /* of a horizon, which is 366 at most */
#define MOST_DUTY_SLOTS 1440 /* a duty lasts a day at most; room for slots of a minute, though inputs have five at least */
#define MOST_POSITIONS 300 /* of one break: a day has 288 slots of five minutes, the finest that inputs may ask for */
#define MOST_SUMS 32 /* over the horizon, in the automaton of an agent with fixed days */
#define MOVE_COUNTERS 16    /* room for one counter a move */
#define FREE (-1)
#define OPEN_DAY (-2)       /* a day that is not fixed */
#define NEVER (-DBL_MAX)    /* earnings of an option that cannot be chosen */
#define ALMOST_NEVER (-1e300) /* below it lies every sum with NEVER in it, above it every sum of real prices */
#define IMPROVES (-1e-6)    /* costs are whole numbers: a change above it is rounding */

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* The vector loops of the best week, once for each width of registers; the loader picks what the machine has. */
#if defined(__x86_64__) && defined(__GNUC__) && defined(__gnu_linux__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

/* One order in which the breaks of a shift may be taken. Positions are slots after the shift's start. */
typedef struct {
    int32_t breaks;
    int32_t first[MOST_BREAKS], last[MOST_BREAKS], step[MOST_BREAKS], length[MOST_BREAKS];
    int32_t wish_first[MOST_BREAKS], wish_last[MOST_BREAKS], wish_step[MOST_BREAKS]; /* leaving these is priced */
    int32_t gap_least, gap_most, work_most;                /* hard, slots */
    int32_t wish_gap_least, wish_gap_most, wish_work_most; /* priced, minutes */
    int32_t slot_minutes;
    double window_price, step_price, gap_price, work_price; /* a slot, each, a minute, a minute; 0 where hard */
    double order_price;                                    /* what taking the breaks in this order costs */
} Variant;

#define IN_SEVERAL (-1) /* of the blocks of a limit */

/* One limit that reads a day: where its record begins, its running number, and for a TOTAL or RUN where the
 * block of the day begins among its blocks (IN_SEVERAL where it has no single one) and which one it is. */
typedef struct {
    int64_t record, number;
    int32_t block, position;
} Touch;

typedef struct {
    int32_t agents, days, slots, pad, slot_minutes, skills, groups, options, zones;
    int32_t columns, breakpoints, caps, menus, words, heads, goals;
    /* shift options: (template, start, length); options of one family differ by their start only */
    const int32_t *length;      /* [options] slots */
    const int32_t *paid;        /* [options] minutes */
    const int32_t *family;      /* [options] */
    const int32_t *clock;       /* [options] start, minutes after local midnight */
    const int32_t *start;       /* [zones * days * options] slot, or -1 where the day does not have it */
    const int32_t *layout;      /* [regimes * zones * days * options] or -1 where no layout is legal */
    const int32_t *layout_from; /* [layouts + 1] into variants */
    const Variant *variant;
    const int32_t *amount;      /* [columns * zones * days * options] what a verb says of an option */
    const int32_t *free_amount; /* [columns] what it says of a free day */
    const int32_t *day_slot;    /* [zones * (days + 1)] slot of local midnight */
    /* agents */
    const int32_t *zone, *group;         /* [agents] */
    const double *pay;                   /* [agents] cents per hour */
    const int32_t *menu;                 /* [agents * days] which menu of options */
    const int32_t *regime;               /* [agents * days] which regime of break rules */
    const int32_t *price_row;            /* [agents * days] or -1 */
    const uint8_t *may_be_free;          /* [agents * days] */
    const int32_t *menu_from;            /* [menus + 1] */
    const int32_t *menu_option;
    const uint64_t *menu_has;            /* [menus * words] bit sets */
    const double *price;                 /* [rows * (options + 1)]; the last entry prices the free day */
    /* limits of each agent over several days: a stream of integers, see limits.c */
    const int64_t *limit_from;           /* [agents + 1] */
    const int32_t *limit;
    const double *limit_price;           /* by running number; negative where the limit is hard */
    const int64_t *limit_number_from;    /* [agents + 1] running number of an agent's first limit */
    const int64_t *touch_from;           /* [agents * days + 1] */
    const Touch *touch;                  /* limits that a change on that day may touch, see limit_changes.c */
    /* staffing */
    const uint32_t *group_skills;        /* [groups] bit set */
    const uint32_t *group_caps;          /* [groups] bit set */
    const int32_t *breakpoint_skill, *breakpoint_over, *breakpoint_hard; /* [breakpoints] */
    const double *breakpoint_price;           /* [breakpoints] per slot */
    const int32_t *breakpoint_at;             /* [breakpoints * slots] below (over) which the price is due */
    const int32_t *cap_at;               /* [caps * slots] */
    const double *cap_price;             /* [caps] per slot */
    const int32_t *cap_hard;             /* [caps] */
    const int32_t *cap_floor;            /* [caps] whether it is a least number, and fewer are priced */
    /* goals over a day or a week: what one agent more answers in time, see service_rows.py */
    const int32_t *goal_of;              /* [skills * slots] or -1 */
    const int32_t *gain_first;           /* [skills * slots] agents with whom the first gain comes */
    const int32_t *gain_count;           /* [skills * slots] */
    const int64_t *gain_from;            /* [skills * slots] into gain */
    const double *gain;                  /* units of one agent more */
    /* headcounts: bit r of these sets says whether an option, and an agent, counts in row r */
    const uint64_t *option_heads;        /* [zones * days * options] */
    const uint64_t *agent_heads;         /* [agents] */
    const int64_t *head_from;            /* [heads + 1] into the two tables below: days * (most + 1) numbers a row */
    const int32_t *head_most;            /* [heads] how many can count */
    const double *head_soft, *head_hard; /* cost of 0, 1, .. most heads on each day, priced and hard */
} Model;

struct Automaton;

typedef struct {
    const Model *m;    /* what leads the search; prices may be eased there, see capped_penalties.py */
    const Model *full; /* at full prices: what a roster costs; m itself while nothing is eased */
    uint64_t random[2];
    const struct Automaton *const *automaton; /* [agents] what the best week of each carries, see week.c */
    const int32_t *first_state;     /* [agents] */
    const int32_t *ready;           /* [agents] first slot at which a duty may begin */
    /* the roster */
    int32_t *option;   /* [agents * days], FREE or an option */
    int32_t *order;    /* [agents * days] variant */
    int32_t *at;       /* [agents * days * MOST_BREAKS] break starts, slots after the duty's start */
    double *lay;       /* [agents * days] what priced break rules cost there */
    double *violation; /* [agents] excess of hard limits */
    double *own;       /* [agents] wages and priced limits, without `lay` */
    /* staffing: who is allocated to what in every slot, and what one agent more or less would cost */
    int32_t *staffed;  /* [slots * skills] */
    int32_t *allocated;/* [slots * groups * skills] */
    int32_t *present;  /* [slots * caps] */
    int32_t *heads;    /* [heads * days] who counts in each row on each day */
    int64_t *total;    /* by running number of the limit: the sum of a TOTAL, kept up to date */
    double *add;       /* [groups * slots] */
    double *drop;      /* [groups * slots] */
    const double *guide; /* [skills * slots] what one more agent is worth by the guide prices */
    const double *head_guide; /* [heads * days] */
    const double *sum_worth; /* [days * options] what options earn on top while a first roster is looked for */
    const double *goal_worth; /* [goals] what a unit answered in time is worth */
    double truth;      /* weight of the true staffing price; 1 - truth is the guide's */
    double *scratch;   /* [scratch_size] */
    int64_t scratch_size;
    int64_t tried[MOVE_COUNTERS], taken[MOVE_COUNTERS];
    double drift;      /* change of the softened cost since it was last set to 0 */
    /* Where the dearest scenario leads the search: what each scenario costs beyond the average that `m` prices, and the
     * breakpoints of each at its full prices. `scenarios` is 0 where the average leads. */
    int32_t scenarios, charges;
    const int32_t *charge_scenario, *charge_skill, *charge_over; /* [charges] */
    const int32_t *charge_at;   /* [charges * slots] */
    const double *charge_price; /* [charges] per slot */
    double *beyond_average;     /* [scenarios] */
    int32_t *breakpoint_at;     /* [breakpoints * slots] as in the model, but with deferred work placed by this roster */
} State;

/* Deferred work of one skill, see deferred.c; intervals are those in which it may be done. */
typedef struct {
    int32_t skill, intervals, width; /* slots of an interval */
    double missing, superfluous;     /* per slot and portion */
    const int32_t *moves;            /* [breakpoints] which of them lie where the work is placed */
    const int32_t *first_slot;       /* [intervals] */
    const int32_t *arrived, *due;    /* [intervals] running sums of portions */
    int32_t *placed, *done;          /* [intervals] portions in each, and their running sum */
    double *up, *down;               /* [intervals] what a portion more and one less would change */
} Deferred;

static inline int zone_day(const Model *m, int agent, int day) { return m->zone[agent] * m->days + day; }
static inline int start_of(const Model *m, int agent, int day, int option) {
    return m->start[(int64_t)zone_day(m, agent, day) * m->options + option];
}
static inline int layout_of(const Model *m, int agent, int day, int option) {
    const int64_t regime = m->regime[agent * m->days + day];
    return m->layout[(regime * m->zones * m->days + zone_day(m, agent, day)) * m->options + option];
}
static inline int on_menu(const Model *m, int agent, int day, int option) {
    const int64_t menu = m->menu[agent * m->days + day];
    return (int)(m->menu_has[menu * m->words + (option >> 6)] >> (option & 63) & 1u);
}
static inline double price_of(const Model *m, int agent, int day, int option) {
    const int32_t row = m->price_row[agent * m->days + day];
    if (row < 0) return 0.0;
    return m->price[(int64_t)row * (m->options + 1) + (option == FREE ? m->options : option)];
}

/* xoroshiro128+ (Blackman & Vigna 2018): small, fast, and one stream per worker. */
static inline uint64_t draw(State *s) {
    const uint64_t a = s->random[0];
    uint64_t b = s->random[1];
    const uint64_t result = a + b;
    b ^= a;
    s->random[0] = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
    s->random[1] = (b << 37) | (b >> 27);
    return result;
}
static inline uint32_t below(State *s, uint32_t n) { return (uint32_t)(((draw(s) >> 32) * (uint64_t)n) >> 32); }
static inline double uniform(State *s) { return (double)((draw(s) >> 11) + 1) * (1.0 / 9007199254740993.0); }

#endif
