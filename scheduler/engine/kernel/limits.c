/* What one agent's duties over the horizon cost, and by how much they break the agent's hard limits.
 *
 * An agent's limits are a stream of integers, one record after another: kind, length, and so many integers, which are
 * one of the structs below. limit_records.py writes them, and tests compare the place of every field. */
#include "model.h"
#include <stddef.h>

enum { TOTAL, RUN, GAP, PAIR, REST, SPREAD };
#define UNBOUNDED INT32_MIN /* in place of a bound, or of an instant that is not known */
#define UNKNOWN_PAST (-1)   /* in place of the length of a run carried in */
#define FURTHEST_MINUTES (4 * 1440) /* no duty of a day ends so long after its midnight */

typedef struct {
    int32_t kind, length, limit[];
} Record;

/* TOTAL: a sum of amounts is bounded; a block of several days counts 1 when any of its days holds.
 * RUN: the number of blocks in a row that hold is bounded; `carried` may be UNKNOWN_PAST. */
typedef struct {
    int32_t column, carried, least, most, blocks;
    int32_t block[]; /* of each how many days it has, and these */
} BlockLimit;

typedef struct {
    int32_t minutes, since_start, column; /* from the start of a duty, or else from its end, to the next start */
    int32_t carried;                      /* that instant of the last duty before the horizon */
    int32_t row_days, carried_days;       /* only behind so many days in a row that hold; 0: behind each duty */
    int32_t asked[];                      /* [days] whether the later duty may be that day's */
} GapLimit;

typedef struct {
    int32_t column, day, then_column, then_day;
} PairLimit;

typedef struct {
    int32_t since, until, minutes, spans; /* instants in minutes */
    int32_t span[];                       /* [2 * spans] start and end of duties from before the horizon, in order */
} RestLimit;

typedef struct {
    int32_t minutes;
    int32_t asked[]; /* [days] whether the start of that day counts */
} SpreadLimit;

static inline const Record *record_at(const Model *m, int64_t place) { return (const Record *)(m->limit + place); }
static inline const Record *record_after(const Record *r) { return (const Record *)(r->limit + r->length); }

typedef struct {
    const Model *m;
    const int32_t *option; /* [days] */
    int agent;
} Tour;

static inline int32_t amount_of(const Model *m, int agent, int column, int day, int32_t option) {
    if (option == FREE) return m->free_amount[column];
    return m->amount[((int64_t)column * m->zones * m->days + zone_day(m, agent, day)) * m->options + option];
}
static inline int32_t amount_on(const Tour *t, int column, int day) {
    return amount_of(t->m, t->agent, column, day, t->option[day]);
}
static inline int32_t begins(const Tour *t, int day) {
    return (start_of(t->m, t->agent, day, t->option[day]) - t->m->pad) * t->m->slot_minutes;
}
static inline int32_t lasts(const Tour *t, int day) { return t->m->length[t->option[day]] * t->m->slot_minutes; }

static int64_t beyond(int64_t total, int32_t least, int32_t most) {
    int64_t excess = 0;
    if (least != UNBOUNDED && total < least) excess += least - total;
    if (most != UNBOUNDED && total > most) excess += total - most;
    return excess;
}

static int64_t total_sum(const Tour *t, const BlockLimit *r) {
    const int column = r->column;
    int64_t total = r->carried;
    const int32_t *block = r->block;
    for (int b = 0; b < r->blocks; b++) {
        const int days = *block++;
        if (days == 1) total += amount_on(t, column, block[0]);
        else {
            int holds = 0;
            for (int i = 0; i < days; i++) holds |= amount_on(t, column, block[i]) > 0;
            total += holds;
        }
        block += days;
    }
    return total;
}

static int64_t total_excess(const Tour *t, const BlockLimit *r) { return beyond(total_sum(t, r), r->least, r->most); }

static int64_t run_excess(const Tour *t, const BlockLimit *r) {
    const int column = r->column, blocks = r->blocks, unknown_past = r->carried == UNKNOWN_PAST;
    const int32_t least = r->least, most = r->most, *block = r->block;
    int64_t excess = 0;
    int length = unknown_past ? 0 : r->carried, fresh = 0;
    for (int b = 0; b < blocks; b++) {
        const int days = *block++;
        int holds = 0;
        for (int i = 0; i < days; i++) holds |= amount_on(t, column, block[i]) > 0;
        block += days;
        if (holds) {
            length++;
            fresh++;
        }
        if (holds && b < blocks - 1) continue;
        if (fresh && most != UNBOUNDED && length > most) excess += length - most;
        const int began_in_sight = !(unknown_past && fresh == b + holds);
        if (length && !holds && began_in_sight && least != UNBOUNDED && length < least) excess += least - length;
        length = fresh = 0;
    }
    return excess;
}

/* A GAP behind rows of days that hold, counted as a whole: a row that goes on is not over yet. */
static int64_t gap_excess_behind_rows(const Tour *t, const GapLimit *r) {
    int64_t excess = 0;
    int32_t previous = r->carried; /* of a row that is long enough */
    int row = r->carried_days, eve = -1;
    for (int day = 0; day < t->m->days; day++) {
        if (t->option[day] == FREE) continue;
        const int32_t start = begins(t, day);
        const int holds = amount_on(t, r->column, day) > 0, goes_on = holds && row > 0 && day == eve + 1;
        if (previous != UNBOUNDED && r->asked[day] && !goes_on && start - previous < r->minutes)
            excess += r->minutes - (start - previous);
        row = holds ? (goes_on ? row + 1 : 1) : 0;
        eve = day;
        previous = row >= r->row_days ? (r->since_start ? start : start + lasts(t, day)) : UNBOUNDED;
    }
    return excess;
}

static int64_t gap_excess(const Tour *t, const GapLimit *r) {
    if (r->row_days) return gap_excess_behind_rows(t, r);
    const int32_t minutes = r->minutes, since_start = r->since_start, column = r->column, *asked = r->asked;
    int64_t excess = 0;
    int32_t previous = r->carried;
    for (int day = 0; day < t->m->days; day++) {
        if (t->option[day] == FREE) continue;
        const int32_t start = begins(t, day);
        if (previous != UNBOUNDED && asked[day] && start - previous < minutes) excess += minutes - (start - previous);
        previous = amount_on(t, column, day) > 0 ? (since_start ? start : start + lasts(t, day)) : UNBOUNDED;
    }
    return excess;
}

static int pair_excess(const Tour *t, const PairLimit *r) {
    return amount_on(t, r->column, r->day) > 0 && amount_on(t, r->then_column, r->then_day) > 0;
}

static int64_t rest_excess(const Tour *t, const RestLimit *r) {
    const int32_t until = r->until, minutes = r->minutes;
    int32_t longest = 0, free_since = r->since;
    for (int i = 0; i < r->spans; i++) { /* spans from before the horizon come first, in order */
        const int32_t begin = r->span[2 * i], end = r->span[2 * i + 1];
        const int32_t start = begin < until ? begin : until;
        if (start - free_since > longest) longest = start - free_since;
        if (end > free_since) free_since = end;
    }
    for (int day = 0; day < t->m->days; day++) {
        if (t->option[day] == FREE) continue;
        const int32_t begin = begins(t, day), end = begin + lasts(t, day);
        const int32_t start = begin < until ? begin : until;
        if (start - free_since > longest) longest = start - free_since;
        if (end > free_since) free_since = end;
    }
    if (until - free_since > longest) longest = until - free_since;
    return longest < minutes ? minutes - longest : 0;
}

static int64_t spread_excess(const Tour *t, const SpreadLimit *r) {
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (int day = 0; day < t->m->days; day++) {
        if (t->option[day] == FREE || !r->asked[day]) continue;
        const int32_t clock = t->m->clock[t->option[day]];
        if (clock < first) first = clock;
        if (clock > last) last = clock;
    }
    return last > INT32_MIN && last - first > r->minutes ? last - first - r->minutes : 0;
}

/* Wages, single-day prices and limits of one agent's duties. */
static double own_cost(const Model *m, int agent, const int32_t *option, double *violation) {
    const Tour tour = {m, option, agent};
    double cost = 0.0, broken = 0.0;
    for (int day = 0; day < m->days; day++) {
        if (option[day] != FREE) cost += m->pay[agent] * m->paid[option[day]];
        cost += price_of(m, agent, day, option[day]);
        if (option[day] == FREE && !m->may_be_free[agent * m->days + day]) broken += 1.0;
        if (option[day] != FREE && !on_menu(m, agent, day, option[day])) broken += 1.0;
    }
    const Record *r = record_at(m, m->limit_from[agent]), *end = record_at(m, m->limit_from[agent + 1]);
    for (int64_t number = m->limit_number_from[agent]; r < end; r = record_after(r), number++) {
        const void *limit = r->limit;
        int64_t excess = 0;
        switch (r->kind) {
        case TOTAL: excess = total_excess(&tour, limit); break;
        case RUN: excess = run_excess(&tour, limit); break;
        case GAP: excess = gap_excess(&tour, limit); break;
        case PAIR: excess = pair_excess(&tour, limit); break;
        case REST: excess = rest_excess(&tour, limit); break;
        default: excess = spread_excess(&tour, limit);
        }
        if (!excess) continue;
        if (m->limit_price[number] < 0) broken += (double)excess;
        else cost += m->limit_price[number] * (double)excess;
    }
    *violation = broken;
    return cost;
}

/* The same for the column pool; tests compare it with the definitions in scheduler.model.limits. */
EXPORT double staffcurve_own_cost(const Model *m, int agent, const int32_t *option, double *violation) {
    return own_cost(m, agent, option, violation);
}
