/* What one agent's duties over the horizon cost, and by how much they break the agent's hard limits.
 *
 * An agent's limits are a stream of integers, one record after another, each led by kind and length:
 *   TOTAL  column carried least most blocks {days day...}...       sum of amounts; a block of several days
 *                                                                  counts 1 when any of its days holds
 *   RUN    column carried least most blocks {days day...}...       carried -1: nothing is known of the past
 *   GAP    minutes since column carried {one flag a day}           since 0 end, 1 start; carried UNBOUNDED
 *                                                                  if no duty is known
 *   PAIR   column day column day
 *   REST   since until minutes spans {start end}...                instants in minutes
 *   SPREAD minutes {one flag a day}
 * UNBOUNDED stands for a side that has no bound. */
#include "model.h"

enum { TOTAL, RUN, GAP, PAIR, REST, SPREAD };
#define UNBOUNDED INT32_MIN
#define FURTHEST_MINUTES (4 * 1440) /* no duty of a day ends so long after its midnight */

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

static int64_t total_sum(const Tour *t, const int32_t *r) {
    const int column = r[0], blocks = r[4];
    int64_t total = r[1];
    const int32_t *block = r + 5;
    for (int b = 0; b < blocks; b++) {
        const int days = *block++;
        if (days == 1) total += amount_on(t, column, block[0]);
        else {
            int held = 0;
            for (int i = 0; i < days; i++) held |= amount_on(t, column, block[i]) > 0;
            total += held;
        }
        block += days;
    }
    return total;
}

static int64_t total_excess(const Tour *t, const int32_t *r) { return beyond(total_sum(t, r), r[2], r[3]); }

static int64_t run_excess(const Tour *t, const int32_t *r) {
    const int column = r[0], blocks = r[4], unknown_past = r[1] < 0;
    const int32_t least = r[2], most = r[3], *block = r + 5;
    int64_t excess = 0;
    int length = unknown_past ? 0 : r[1], fresh = 0;
    for (int b = 0; b < blocks; b++) {
        const int days = *block++;
        int held = 0;
        for (int i = 0; i < days; i++) held |= amount_on(t, column, block[i]) > 0;
        block += days;
        if (held) {
            length++;
            fresh++;
        }
        if (held && b < blocks - 1) continue;
        if (fresh && most != UNBOUNDED && length > most) excess += length - most;
        const int began_in_sight = !(unknown_past && fresh == b + held);
        if (length && !held && began_in_sight && least != UNBOUNDED && length < least) excess += least - length;
        length = fresh = 0;
    }
    return excess;
}

static int64_t gap_excess(const Tour *t, const int32_t *r) {
    const int32_t minutes = r[0], since_start = r[1], column = r[2], *asked = r + 4;
    int64_t excess = 0;
    int32_t previous = r[3];
    for (int day = 0; day < t->m->days; day++) {
        if (t->option[day] == FREE) continue;
        const int32_t start = begins(t, day);
        if (previous != UNBOUNDED && asked[day] && start - previous < minutes) excess += minutes - (start - previous);
        previous = amount_on(t, column, day) > 0 ? (since_start ? start : start + lasts(t, day)) : UNBOUNDED;
    }
    return excess;
}

static int64_t rest_excess(const Tour *t, const int32_t *r) {
    const int32_t since = r[0], until = r[1], minutes = r[2], spans = r[3];
    int32_t longest = 0, free_since = since;
    for (int i = 0; i < spans; i++) { /* spans from before the horizon come first, in order */
        const int32_t start = r[4 + 2 * i] < until ? r[4 + 2 * i] : until;
        if (start - free_since > longest) longest = start - free_since;
        if (r[5 + 2 * i] > free_since) free_since = r[5 + 2 * i];
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

static int64_t spread_excess(const Tour *t, const int32_t *r) {
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (int day = 0; day < t->m->days; day++) {
        if (t->option[day] == FREE || !r[1 + day]) continue;
        const int32_t clock = t->m->clock[t->option[day]];
        if (clock < first) first = clock;
        if (clock > last) last = clock;
    }
    return last > INT32_MIN && last - first > r[0] ? last - first - r[0] : 0;
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
    const int32_t *r = m->limit + m->limit_from[agent], *end = m->limit + m->limit_from[agent + 1];
    int64_t number = m->limit_number_from[agent];
    for (; r < end; r += r[1] + 2, number++) {
        const int32_t *record = r + 2;
        int64_t excess = 0;
        switch (r[0]) {
        case TOTAL: excess = total_excess(&tour, record); break;
        case RUN: excess = run_excess(&tour, record); break;
        case GAP: excess = gap_excess(&tour, record); break;
        case PAIR:
            excess = amount_on(&tour, record[0], record[1]) > 0 && amount_on(&tour, record[2], record[3]) > 0;
            break;
        case REST: excess = rest_excess(&tour, record); break;
        default: excess = spread_excess(&tour, record);
        }
        if (!excess) continue;
        if (m->limit_price[number] < 0) broken += (double)excess;
        else cost += m->limit_price[number] * (double)excess;
    }
    *violation = broken;
    return cost;
}

/* The same for columns; tests compare it with the definitions in scheduler.model.limits. */
EXPORT double staffcurve_own_cost(const Model *m, int agent, const int32_t *option, double *violation) {
    return own_cost(m, agent, option, violation);
}
