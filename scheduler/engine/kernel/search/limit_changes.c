/* Delta evaluation of limits when one day changes: only those that read the day are evaluated, each only around it.
 *
 * Which limits read a day is indexed once. limits.c counts every limit as a whole, and tests hold the two against
 * each other. */
#include "../model.h"

/* One more limit that reads a day: counted, and written where `touch` is not NULL. */
static inline void touches_day(int64_t *cursor, int day, Touch *touch, Touch what) {
    if (touch) touch[cursor[day]] = what;
    cursor[day]++;
}

/* In how many blocks of a TOTAL or RUN a day is, up to and with block `last`. */
static int blocks_with(const BlockLimit *r, int day, int last) {
    const int32_t *block = r->block;
    int found = 0;
    for (int b = 0; b <= last; b++, block += block[0] + 1)
        for (int i = 1; i <= block[0]; i++)
            if (block[i] == day) {
                found++;
                break;
            }
    return found;
}

/* Days on which a change may touch a limit. Of a TOTAL and a RUN every day has its block, or IN_SEVERAL: then the limit is
 * evaluated as a whole. A GAP is touched on every day, a REST by duties that can reach into its window:
 * none ends later than FURTHEST_MINUTES after the midnight of its day. */
static void touches_of(const Model *m, int agent, int64_t record, int64_t number, int64_t *cursor, Touch *touch) {
    const int kind = record_at(m, record)->kind;
    const void *limit = record_at(m, record)->limit;
    if (kind == TOTAL || kind == RUN) {
        const BlockLimit *r = limit;
        int place = 0;
        for (int b = 0; b < r->blocks; b++) {
            const int days = r->block[place];
            for (int i = 1; i <= days; i++) {
                const int day = r->block[place + i];
                if (blocks_with(r, day, r->blocks - 1) == 1) touches_day(cursor, day, touch, (Touch){record, number, place, b});
                else if (blocks_with(r, day, b) == 1) touches_day(cursor, day, touch, (Touch){record, number, IN_SEVERAL, b});
            }
            place += days + 1;
        }
        return;
    }
    const Touch what = {record, number, IN_SEVERAL, 0};
    if (kind == PAIR) {
        const PairLimit *r = limit;
        touches_day(cursor, r->day, touch, what);
        if (r->then_day != r->day) touches_day(cursor, r->then_day, touch, what);
        return;
    }
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    for (int day = 0; day < m->days; day++) {
        if (kind == REST) {
            const RestLimit *r = limit;
            const int32_t begin = (midnight[day] - m->pad) * m->slot_minutes;
            if (begin + FURTHEST_MINUTES < r->since || begin > r->until) continue;
        } else if (kind == SPREAD && !((const SpreadLimit *)limit)->asked[day]) continue;
        touches_day(cursor, day, touch, what);
    }
}

/* The index from each agent's day to the limits that read it: with `touch` NULL counted into `from`, else written.
 * cursor: [agents * days] numbers to work with. */
EXPORT void staffcurve_touches(const Model *m, int64_t *from, Touch *touch, int64_t *cursor) {
    const int64_t cells = (int64_t)m->agents * m->days;
    if (touch) memcpy(cursor, from, sizeof(int64_t) * (size_t)cells);
    else memset(cursor, 0, sizeof(int64_t) * (size_t)cells);
    for (int agent = 0; agent < m->agents; agent++) {
        int64_t number = m->limit_number_from[agent];
        const Record *r = record_at(m, m->limit_from[agent]), *end = record_at(m, m->limit_from[agent + 1]);
        for (; r < end; r = record_after(r), number++)
            touches_of(m, agent, &r->kind - m->limit, number, cursor + (int64_t)agent * m->days, touch);
    }
    if (touch) return;
    from[0] = 0;
    for (int64_t i = 0; i < cells; i++) from[i + 1] = from[i] + cursor[i];
}

static inline int holds_elsewhere(const Tour *t, int column, const int32_t *block, int but) {
    for (int i = 1; i <= block[0]; i++)
        if (block[i] != but && amount_on(t, column, block[i]) > 0) return 1;
    return 0;
}

/* By how much the sum of a TOTAL changes when the day's option does. */
static int64_t total_change(const Tour *t, const BlockLimit *r, int block, int day, int32_t old, int32_t fresh) {
    const int column = r->column;
    if (block == IN_SEVERAL) {
        int32_t *option = (int32_t *)t->option + day;
        const int64_t sum = total_sum(t, r);
        *option = fresh;
        const int64_t change = total_sum(t, r) - sum;
        *option = old;
        return change;
    }
    const int32_t *days = r->block + block;
    const int32_t before = amount_of(t->m, t->agent, column, day, old);
    const int32_t after = amount_of(t->m, t->agent, column, day, fresh);
    if (days[0] == 1) return after - before;
    if ((before > 0) == (after > 0) || holds_elsewhere(t, column, days, day)) return 0;
    return after > 0 ? 1 : -1;
}

/* What one run is beyond its bounds: `fresh` blocks of it lie in the horizon. */
static inline int64_t run_beyond(const BlockLimit *r, int fresh, int touches_start, int ended) {
    const int32_t least = r->least, most = r->most;
    const int unknown_past = r->carried == UNKNOWN_PAST;
    const int length = fresh + (touches_start && !unknown_past ? r->carried : 0);
    int64_t excess = 0;
    if (fresh && most != UNBOUNDED && length > most) excess += length - most;
    if (length && ended && !(touches_start && unknown_past) && least != UNBOUNDED && length < least) excess += least - length;
    return excess;
}

/* A run is read from the block that changes outwards; blocks farther away are not touched. */
static int64_t run_change(const Tour *t, const BlockLimit *r, int block, int position, int day, int32_t old, int32_t fresh) {
    const int column = r->column, blocks = r->blocks;
    const int32_t *all = r->block, *days = all + block;
    const int others = days[0] > 1 && holds_elsewhere(t, column, days, day);
    const int before = others || amount_of(t->m, t->agent, column, day, old) > 0;
    const int after = others || amount_of(t->m, t->agent, column, day, fresh) > 0;
    if (before == after) return 0;
    int left = 0, right = 0;
    /* blocks are of one length except perhaps the first and the last, so walk forwards and backwards by hand */
    const int32_t *next = days + days[0] + 1;
    while (position + 1 + right < blocks) {
        if (!holds_elsewhere(t, column, next, -1)) break;
        next += next[0] + 1;
        right++;
    }
    if (days[0] == 1 && all[0] == 1 && block == 2 * position) {
        while (left < position && amount_on(t, column, all[2 * (position - 1 - left) + 1]) > 0) left++;
    } else {
        const int32_t *here = all;
        for (int b = 0; b < position; b++, here += here[0] + 1)
            left = holds_elsewhere(t, column, here, -1) ? left + 1 : 0;
    }
    const int starts = left == position, ends = position + 1 + right == blocks;
    const int64_t joined = run_beyond(r, left + 1 + right, starts, !ends);
    int64_t apart = run_beyond(r, left, starts, 1);
    if (right) apart += run_beyond(r, right, 0, !ends);
    return after ? joined - apart : apart - joined;
}

static inline int64_t gap_between(const Tour *t, const GapLimit *r, int32_t previous, int day) {
    if (previous == UNBOUNDED || !r->asked[day]) return 0;
    const int32_t gap = begins(t, day) - previous;
    return gap < r->minutes ? r->minutes - gap : 0;
}
static inline int32_t gap_since(const Tour *t, const GapLimit *r, int day) {
    if (amount_on(t, r->column, day) <= 0) return UNBOUNDED;
    return r->since_start ? begins(t, day) : begins(t, day) + lasts(t, day);
}

/* A GAP around one day: from the duty before it, and to the duty after it. */
static int64_t gap_around(const Tour *t, const GapLimit *r, int day, int before, int after) {
    int32_t previous = before < 0 ? r->carried : gap_since(t, r, before);
    int64_t excess = 0;
    if (t->option[day] != FREE) {
        excess += gap_between(t, r, previous, day);
        previous = gap_since(t, r, day);
    }
    if (after < t->m->days) excess += gap_between(t, r, previous, after);
    return excess;
}

/* What an agent's own cost changes by when one day does; `broken` grows by what hard limits do. Only limits that
 * look at the day are looked at, each only around it, so that long horizons cost no more than short ones. */
static double day_change(const State *s, int agent, int day, int32_t fresh, double *broken) {
    const Model *m = s->m;
    int32_t *option = s->option + (int64_t)agent * m->days;
    const int32_t old = option[day];
    const Tour tour = {m, option, agent};
    const int64_t cell = (int64_t)agent * m->days + day;
    double cost = price_of(m, agent, day, fresh) - price_of(m, agent, day, old);
    if (fresh != FREE) {
        cost += m->pay[agent] * m->paid[fresh];
        if (!on_menu(m, agent, day, fresh)) *broken += 1.0;
    } else if (!m->may_be_free[cell]) *broken += 1.0;
    if (old != FREE) {
        cost -= m->pay[agent] * m->paid[old];
        if (!on_menu(m, agent, day, old)) *broken -= 1.0;
    } else if (!m->may_be_free[cell]) *broken -= 1.0;
    int before = -2, after = m->days; /* neighbouring duties, looked for at the first GAP */
    for (int64_t i = m->touch_from[cell]; i < m->touch_from[cell + 1]; i++) {
        const Touch *touch = m->touch + i;
        const Record *record = record_at(m, touch->record);
        const void *limit = record->limit;
        int64_t change = 0;
        switch (record->kind) {
        case TOTAL: {
            const BlockLimit *r = limit;
            const int64_t by = total_change(&tour, r, touch->block, day, old, fresh);
            if (!by) continue;
            const int64_t total = s->total[touch->number];
            change = beyond(total + by, r->least, r->most) - beyond(total, r->least, r->most);
            break;
        }
        case RUN:
            if (touch->block != IN_SEVERAL) {
                change = run_change(&tour, limit, touch->block, touch->position, day, old, fresh);
                break;
            }
            change = -run_excess(&tour, limit);
            option[day] = fresh;
            change += run_excess(&tour, limit);
            option[day] = old;
            break;
        case GAP:
            if (((const GapLimit *)limit)->row_days) {
                change = -gap_excess_behind_rows(&tour, limit);
                option[day] = fresh;
                change += gap_excess_behind_rows(&tour, limit);
                option[day] = old;
                break;
            }
            if (before == -2) {
                for (before = day - 1; before >= 0 && option[before] == FREE; before--) {}
                for (after = day + 1; after < m->days && option[after] == FREE; after++) {}
            }
            change = -gap_around(&tour, limit, day, before, after);
            option[day] = fresh;
            change += gap_around(&tour, limit, day, before, after);
            option[day] = old;
            break;
        case PAIR:
            change = -pair_excess(&tour, limit);
            option[day] = fresh;
            change += pair_excess(&tour, limit);
            option[day] = old;
            break;
        case REST:
            change = -rest_excess(&tour, limit);
            option[day] = fresh;
            change += rest_excess(&tour, limit);
            option[day] = old;
            break;
        default:
            change = -spread_excess(&tour, limit);
            option[day] = fresh;
            change += spread_excess(&tour, limit);
            option[day] = old;
        }
        if (!change) continue;
        if (m->limit_price[touch->number] < 0) *broken += (double)change;
        else cost += m->limit_price[touch->number] * (double)change;
    }
    return cost;
}

/* Bring the sums of an agent's TOTALs up to date before a day's option changes. */
static void shift_totals(State *s, int agent, int day, int32_t fresh) {
    const Model *m = s->m;
    const int64_t cell = (int64_t)agent * m->days + day;
    const Tour tour = {m, s->option + (int64_t)agent * m->days, agent};
    for (int64_t i = m->touch_from[cell]; i < m->touch_from[cell + 1]; i++) {
        const Touch *touch = m->touch + i;
        const Record *r = record_at(m, touch->record);
        if (r->kind == TOTAL)
            s->total[touch->number] +=
                total_change(&tour, (const void *)r->limit, touch->block, day, s->option[cell], fresh);
    }
}

/* The sums of an agent's TOTALs, counted from nothing. */
static void count_totals(State *s, int agent) {
    const Model *m = s->m;
    const Tour tour = {m, s->option + (int64_t)agent * m->days, agent};
    const Record *r = record_at(m, m->limit_from[agent]), *end = record_at(m, m->limit_from[agent + 1]);
    for (int64_t number = m->limit_number_from[agent]; r < end; r = record_after(r), number++)
        if (r->kind == TOTAL) s->total[number] = total_sum(&tour, (const void *)r->limit);
}
