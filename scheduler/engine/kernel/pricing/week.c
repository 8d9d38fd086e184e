/* The best week of one agent at given prices: a resource-constrained dynamic programme over days (Irnich and
 * Desaulniers 2005), exact for the limits that the automaton carries.
 *
 * A label is (state of the automaton, earliest instant of the next start). The second part is an axis of slots
 * after the next local midnight, and its running maximum over "ready by then" makes each transition a shifted vector
 * sum per (state, class of options). A class holds the options of a day that have the same transitions and one length,
 * so only their start differs. */
#include "../model.h"

typedef struct Automaton {
    int32_t days, axis, axis_step;      /* axis: every axis_step-th slot, on which all starts and midnights lie */
    int32_t most_states, most_classes;  /* of any day */
    int32_t few_starts;                 /* whether options of a class begin at one time or two (headcount problems) */
    const int32_t *states;              /* [days + 1] how many states each day begins with */
    const int32_t *classes;             /* [days] */
    const int64_t *layer;               /* [days + 2] where the states of each day begin in a list of all */
    const int64_t *cells;               /* [days + 1] where the transitions of each day begin in a list of all */
    const int32_t *class_of;            /* [days * options] class of an option, or -1 */
    const int32_t *ready_after;         /* [days * most_classes] axis steps from start to the next possible start */
    const int32_t *next;                /* by day, class and state: next state, or -1 */
    const int32_t *next_free;           /* by day and state */
    const double *price;                /* by day, class and state: of carried priced limits, or NULL */
    const double *price_free;           /* by day and state, or NULL */
} Automaton;

static inline int64_t cell_of(const Automaton *p, int day, int class, int state) {
    return p->cells[day] + (int64_t)class * p->states[day] + state;
}

/* How many doubles `best_week` and the k best weeks need for an automaton. */
EXPORT int64_t staffcurve_week_scratch(const Automaton *p) {
    const int64_t all = p->layer[p->days + 1], reached = (all + p->days + 1 + p->most_states) / 2; /* as int32_t */
    return all * p->axis + (int64_t)p->days * p->most_classes * p->axis * 2 + p->most_classes + reached + 64;
}

static inline void raise_to(double *restrict to, const double *restrict from, const double *restrict gain,
                            double less, int n) {
    for (int i = 0; i < n; i++) {
        const double value = from[i] + gain[i] - less;
        to[i] = value > to[i] ? value : to[i];
    }
}

/* Greatest sum of `earned[option]` (per day, NEVER where not possible) less wages, single-day prices and
 * carried priced limits, over all weeks that the automaton allows; NEVER if there is none.
 * `chosen` (may be NULL) receives an option or FREE per day. */
WIDE static double best_week(const Model *m, const Automaton *p, int agent, int first_state, int ready,
                        const double *const *earned, double *scratch, int32_t *chosen) {
    const int axis = p->axis, pace = p->axis_step, classes = p->most_classes;
    double *value = scratch;
    double *gain = value + p->layer[p->days + 1] * axis;
    double *which = gain + (int64_t)p->days * classes * axis;
    int32_t *low = (int32_t *)(which + (int64_t)p->days * classes * axis), *high = low + classes;
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    for (int64_t i = 0; i < (int64_t)p->states[0] * axis; i++) value[i] = NEVER;
    ready = ready < midnight[0] ? 0 : (ready - midnight[0] + pace - 1) / pace;
    if (first_state < 0) return NEVER;
    value[(int64_t)first_state * axis + (ready >= axis ? axis - 1 : ready)] = 0.0;
    for (int day = 0; day < p->days; day++) {
        double *here = value + p->layer[day] * axis, *there = value + p->layer[day + 1] * axis;
        for (int64_t i = 0; i < (int64_t)p->states[day + 1] * axis; i++) there[i] = NEVER;
        double *day_gain = gain + (int64_t)day * classes * axis, *day_which = which + (int64_t)day * classes * axis;
        const int n = p->classes[day];
        for (int c = 0; c < n; c++) {
            low[c] = axis;
            high[c] = -1;
        }
        for (int i = 0; i < n * axis; i++) day_gain[i] = NEVER;
        const int32_t menu = m->menu[agent * m->days + day];
        const int32_t *class_of = p->class_of + (int64_t)day * m->options;
        for (int i = m->menu_from[menu]; i < m->menu_from[menu + 1]; i++) {
            const int option = m->menu_option[i], c = class_of[option];
            if (c < 0 || earned[day][option] == NEVER) continue;
            const int at = (start_of(m, agent, day, option) - midnight[day]) / pace;
            const double net =
                earned[day][option] - m->pay[agent] * m->paid[option] - price_of(m, agent, day, option);
            if (at < 0 || at >= axis || net <= day_gain[c * axis + at]) continue;
            day_gain[c * axis + at] = net;
            day_which[c * axis + at] = option;
            if (at < low[c]) low[c] = at;
            if (at > high[c]) high[c] = at;
        }
        const int may_be_free = m->may_be_free[agent * m->days + day];
        const double free_price = price_of(m, agent, day, FREE);
        const int day_length = (midnight[day + 1] - midnight[day]) / pace;
        for (int s = 0; s < p->states[day]; s++) {
            double *row = here + (int64_t)s * axis;
            for (int i = 1; i < axis; i++)
                if (row[i - 1] > row[i]) row[i] = row[i - 1];
            if (row[axis - 1] == NEVER) continue;
            const int32_t after_free = may_be_free ? p->next_free[p->layer[day] + s] : -1;
            if (after_free >= 0) {
                const double less = free_price + (p->price_free ? p->price_free[p->layer[day] + s] : 0.0);
                double *to = there + (int64_t)after_free * axis;
                for (int i = 0; i < axis; i++) {
                    const int j = i < day_length ? 0 : i - day_length;
                    if (row[i] != NEVER && row[i] - less > to[j]) to[j] = row[i] - less;
                }
            }
            for (int c = 0; c < n; c++) {
                if (high[c] < 0) continue;
                const int64_t cell = cell_of(p, day, c, s);
                const int32_t after = p->next[cell];
                if (after < 0) continue;
                const double less = p->price ? p->price[cell] : 0.0;
                /* a start at i makes the next one possible from i + ready_after - day_length on */
                int shift = p->ready_after[day * classes + c] - day_length;
                double *to = there + (int64_t)after * axis;
                for (int i = low[c]; i <= high[c] && (i + shift < 0 || i + shift >= axis); i++) {
                    if (i + shift >= axis) break;
                    if (row[i] == NEVER || day_gain[c * axis + i] == NEVER) continue;
                    const double v = row[i] + day_gain[c * axis + i] - less;
                    if (v > to[0]) to[0] = v;
                }
                int from = low[c] < -shift ? -shift : low[c];
                int till = high[c] + shift >= axis ? axis - 1 - shift : high[c];
                if (from <= till)
                    raise_to(to + from + shift, row + from, day_gain + c * axis + from, less, till - from + 1);
            }
        }
    }
    double best = NEVER;
    int state = -1, at = 0;
    const double *last = value + p->layer[p->days] * axis;
    for (int s = 0; s < p->states[p->days]; s++)
        for (int i = 0; i < axis; i++)
            if (last[(int64_t)s * axis + i] > best) {
                best = last[(int64_t)s * axis + i];
                state = s;
                at = i;
            }
    if (best < ALMOST_NEVER) return NEVER;
    if (!chosen) return best;
    /* Backtrack by finding the transition that made each value, exactly: sums were made in the same order. */
    for (int day = p->days - 1; day >= 0; day--) {
        const double *here = value + p->layer[day] * axis;
        const double target = value[(p->layer[day + 1] + state) * axis + at];
        const double *day_gain = gain + (int64_t)day * classes * axis, *day_which = which + (int64_t)day * classes * axis;
        const int day_length = (midnight[day + 1] - midnight[day]) / pace;
        const double free_price = price_of(m, agent, day, FREE);
        int found = 0;
        chosen[day] = FREE;
        for (int s = 0; s < p->states[day] && !found; s++) {
            const double *row = here + (int64_t)s * axis;
            if (row[axis - 1] == NEVER) continue;
            if (m->may_be_free[agent * m->days + day] && p->next_free[p->layer[day] + s] == state) {
                const double less = free_price + (p->price_free ? p->price_free[p->layer[day] + s] : 0.0);
                const int last_here = at == 0 ? (day_length < axis ? day_length : axis - 1) : at + day_length;
                if (last_here < axis && row[last_here] != NEVER && row[last_here] - less == target) {
                    state = s;
                    at = last_here;
                    found = 1;
                    break;
                }
            }
            for (int c = 0; c < p->classes[day] && !found; c++) {
                const int64_t cell = cell_of(p, day, c, s);
                if (p->next[cell] != state) continue;
                const double less = p->price ? p->price[cell] : 0.0;
                const int shift = p->ready_after[day * classes + c] - day_length;
                const int least = at == 0 ? 0 : at - shift, most = at - shift;
                for (int i = least < 0 ? 0 : least; i <= most && i < axis; i++) {
                    if (row[i] == NEVER || day_gain[c * axis + i] == NEVER) continue;
                    if (row[i] + day_gain[c * axis + i] - less != target) continue;
                    chosen[day] = (int32_t)day_which[c * axis + i];
                    state = s;
                    at = i;
                    found = 1;
                    break;
                }
            }
        }
        if (!found) return NEVER; /* cannot happen; the caller treats it as "no week" and says so */
        /* `row` holds running maxima: step back to the start at which this value was reached */
        const double *row = here + (int64_t)state * axis;
        while (at > 0 && row[at - 1] == row[at]) at--;
    }
    return best;
}

/* What each option of a day earns, where `asked`: the worth of its slots less what the cheapest break layout loses.
 * `worth` is a running sum over slots: worth[t] is the sum of slots 0 .. t-1. `head_price` ([heads * days]) is the
 * price of one more head in each row; `heads` are the rows in which the agent can count. */
EXPORT void staffcurve_earnings(const Model *m, int regime, int zone, int day, const double *worth, uint64_t heads,
                                const uint8_t *asked, const double *head_price, double *earned) {
    const int64_t at = (int64_t)zone * m->days + day;
    Abreast those = {0};
    for (int o = 0; o < m->options; o++) {
        const int start = m->start[at * m->options + o];
        const int layout = m->layout[((int64_t)regime * m->zones * m->days + at) * m->options + o];
        earned[o] = NEVER;
        if (!asked[o] || start < 0 || layout < 0) continue;
        earned[o] = 0.0;
        for (uint64_t rest = heads ? heads & m->option_heads[at * m->options + o] : 0; rest; rest &= rest - 1)
            earned[o] += head_price[__builtin_ctzll(rest) * m->days + day];
        lay_with_others(m, &those, o, layout, m->length[o], worth + start, earned);
    }
    if (those.count) lay_those(m, &those, earned);
}

/* The same for `n` listed rows of a table. A row is a (regime, zone, day), the rows of headcounts in which its agents can
 * count, and the group whose running sums they earn. */
EXPORT void staffcurve_earnings_of_rows(const Model *m, int n, const int32_t *row, const int32_t *place, const uint64_t *heads,
                                        const int32_t *group, const double *worth, const uint8_t *asked,
                                        const double *head_price, double *earned) {
    for (int i = 0; i < n; i++) {
        const int64_t r = row[i];
        staffcurve_earnings(m, place[3 * r], place[3 * r + 1], place[3 * r + 2], worth + (int64_t)group[r] * (m->slots + 1),
                            heads[r], asked + r * m->options, head_price, earned + r * m->options);
    }
}

/* Supply of chosen options of a day: `count[option]` is added to supply[slot] of every slot worked, with the cheapest
 * break layout, and to the headcounts ([heads * days]) of `heads` in which the option counts. */
EXPORT void staffcurve_supply(const Model *m, int regime, int zone, int day, const double *worth, uint64_t heads,
                              const double *count, double *supply, double *present) {
    const int64_t at = (int64_t)zone * m->days + day;
    int32_t order = 0, breaks[MOST_BREAKS];
    for (int o = 0; o < m->options; o++) {
        if (count[o] == 0.0) continue;
        const int start = m->start[at * m->options + o];
        const int layout = m->layout[((int64_t)regime * m->zones * m->days + at) * m->options + o];
        if (start < 0 || layout < 0) continue;
        for (uint64_t rest = heads ? heads & m->option_heads[at * m->options + o] : 0; rest; rest &= rest - 1)
            present[__builtin_ctzll(rest) * m->days + day] += count[o];
        if (lay_best(m, layout, m->length[o], worth + start, &order, breaks) == DBL_MAX) continue;
        for (int t = start; t < start + m->length[o]; t++) supply[t] += count[o];
        const Variant *v = &m->variant[order];
        for (int j = 0; j < v->breaks; j++)
            for (int t = 0; t < v->length[j]; t++) supply[start + breaks[j] + t] -= count[o];
    }
}

/* The same for `n` listed rows of a table: each adds to the supply ([groups * slots]) of its group. */
EXPORT void staffcurve_supply_of_rows(const Model *m, int n, const int32_t *row, const int32_t *place, const uint64_t *heads,
                                      const int32_t *group, const double *worth, const double *count, double *supply,
                                      double *present) {
    for (int i = 0; i < n; i++) {
        const int64_t r = row[i], g = group[r];
        staffcurve_supply(m, place[3 * r], place[3 * r + 1], place[3 * r + 2], worth + g * (m->slots + 1), heads[r],
                          count + r * m->options, supply + g * m->slots, present);
    }
}
