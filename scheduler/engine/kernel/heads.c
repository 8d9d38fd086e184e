/* Headcounts: how many agents count in each row on each day, and what one more or fewer costs. */
#include "model.h"

/* Rows in which an agent counts with an option. */
static inline uint64_t heads_of(const Model *m, int agent, int day, int32_t option) {
    if (!m->heads || option == FREE) return 0;
    return m->agent_heads[agent] & m->option_heads[(int64_t)zone_day(m, agent, day) * m->options + option];
}

/* Softened cost of `count` heads, in terms that differ between counts only. */
static inline double head_cost(const State *s, int row, int day, int count) {
    const Model *m = s->m;
    const int64_t at = m->head_from[row] + (int64_t)day * (m->head_most[row] + 1) + count;
    return s->truth * m->head_soft[at] + m->head_hard[at] - (1.0 - s->truth) * s->head_guide[row * m->days + day] * count;
}

/* What the headcounts of a day cost more when an agent's option there changes. */
static double heads_change(const State *s, int agent, int day, int32_t old, int32_t fresh) {
    const Model *m = s->m;
    const uint64_t before = heads_of(m, agent, day, old), after = heads_of(m, agent, day, fresh);
    double change = 0.0;
    for (uint64_t rest = before ^ after; rest; rest &= rest - 1) {
        const int row = __builtin_ctzll(rest), count = s->heads[row * m->days + day];
        const int by = after >> row & 1u ? 1 : -1;
        change += head_cost(s, row, day, count + by) - head_cost(s, row, day, count);
    }
    return change;
}

static void count_heads(State *s, int agent, int day, int32_t option, int by) {
    const Model *m = s->m;
    for (uint64_t rest = heads_of(m, agent, day, option); rest; rest &= rest - 1)
        s->heads[__builtin_ctzll(rest) * m->days + day] += by;
}

/* True cost of all headcounts. */
static double heads_cost(const State *s, double *hard_part) {
    const Model *m = s->full;
    double soft = 0.0, hard = 0.0;
    for (int row = 0; row < m->heads; row++)
        for (int day = 0; day < m->days; day++) {
            const int64_t at = m->head_from[row] + (int64_t)day * (m->head_most[row] + 1) + s->heads[row * m->days + day];
            soft += m->head_soft[at];
            hard += m->head_hard[at];
        }
    *hard_part += hard;
    return soft;
}

/* Cells ([heads * days]) in which an agent counts with these options, day after day; returns how many. */
EXPORT int staffcurve_counted(const Model *m, int agent, const int32_t *option, int64_t *cell) {
    int found = 0;
    for (int day = 0; day < m->days; day++)
        for (uint64_t rest = heads_of(m, agent, day, option[day]); rest; rest &= rest - 1)
            cell[found++] = (int64_t)__builtin_ctzll(rest) * m->days + day;
    return found;
}
