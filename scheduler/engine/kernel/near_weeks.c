/* The best weeks of one agent at given prices in their order, not only the very best one.
 *
 * First the values of `week.c` the other way round: the most that the rest of the horizon is worth from every
 * state on. With that known a search for the best path never looks at a day in vain (A* with an exact estimate;
 * Hart, Nilsson and Raphael 1968), and goes on after the first week for as many as are asked for. */
#include "model.h"

/* A beginning of a week: what was done on the day before `day`, and where that came from. */
typedef struct {
    double sum, rank; /* earned so far; with the best rest, in steps of last digits from the best week */
    int32_t parent, option;
    int32_t state, ready;
    int32_t day, unused;
} Beginning;

EXPORT int staffcurve_size_of_beginning(void) { return (int)sizeof(Beginning); }

/* Of equally good beginnings the longest first: else all of them would be gone on with day by day. */
static int is_better(const Beginning *one, const Beginning *other) {
    return one->rank > other->rank || (one->rank == other->rank && one->day > other->day);
}

static inline double rank_of(double beyond_best, double digit) { return floor(beyond_best / digit + 0.5); }

static void heap_push(int32_t *heap, int *size, const Beginning *pool, int32_t fresh) {
    int i = (*size)++;
    while (i > 0 && is_better(&pool[fresh], &pool[heap[(i - 1) / 2]])) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = fresh;
}

static int32_t heap_pop(int32_t *heap, int *size, const Beginning *pool) {
    const int32_t top = heap[0], last = heap[--*size];
    int i = 0;
    for (;;) {
        int child = 2 * i + 1;
        if (child >= *size) break;
        if (child + 1 < *size && is_better(&pool[heap[child + 1]], &pool[heap[child]])) child++;
        if (!is_better(&pool[heap[child]], &pool[last])) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

/* What an option nets on a day, NEVER where it is not possible; *at is its start on the axis. */
static inline double option_net(const Model *m, const Plan *p, int agent, int day, int option, const double *earned,
                                int32_t midnight, int *at) {
    if (p->class_of[(int64_t)day * m->options + option] < 0 || earned[option] == NEVER) return NEVER;
    *at = (start_of(m, agent, day, option) - midnight) / p->axis_step;
    if (*at < 0 || *at >= p->axis) return NEVER;
    return earned[option] - (double)m->pay[agent] * m->paid[option] - price_of(m, agent, day, option);
}

/* Which states of each day an agent can come to, whatever the hours: reached[day][state]. */
static void reach(const Model *m, const Plan *p, int agent, int first_state, const double *const *earned,
                  uint8_t *reached) {
    const int states = p->most_states, classes = p->most_classes;
    memset(reached, 0, (size_t)(p->days + 1) * (size_t)states);
    reached[first_state] = 1;
    for (int day = 0; day < p->days; day++) {
        const uint8_t *here = reached + (int64_t)day * states;
        uint8_t *there = reached + (int64_t)(day + 1) * states;
        uint8_t open[classes + 1];
        memset(open, 0, sizeof open);
        const int32_t menu = m->menu[agent * m->days + day];
        for (int i = m->menu_from[menu]; i < m->menu_from[menu + 1]; i++) {
            const int option = m->menu_option[i], c = p->class_of[(int64_t)day * m->options + option];
            if (c >= 0 && earned[day][option] != NEVER) open[c] = 1;
        }
        for (int c = 0; c < p->classes[day]; c++) {
            const int32_t *next = p->next + ((int64_t)day * classes + c) * states;
            if (!open[c]) continue;
            for (int s = 0; s < p->states[day]; s++)
                if (here[s] && next[s] >= 0) there[next[s]] = 1;
        }
        const int32_t *next_free = p->next_free + (int64_t)day * states;
        if (!m->may_be_free[agent * m->days + day]) continue;
        for (int s = 0; s < p->states[day]; s++)
            if (here[s] && next_free[s] >= 0) there[next_free[s]] = 1;
    }
}

/* rest[day][state][ready]: the most that days from `day` on can net, of states that can be reached. A class begins
 * at few places of the axis, in wards at one, so that each step looks at those only. */
static void best_rests(const Model *m, const Plan *p, int agent, int first_state, const double *const *earned,
                       double *rest) {
    const int axis = p->axis, states = p->most_states, classes = p->most_classes;
    const int64_t layer = (int64_t)states * axis;
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    double *gain = rest + layer * (p->days + 1);
    uint8_t *reached = (uint8_t *)(gain + (int64_t)classes * axis);
    reach(m, p, agent, first_state, earned, reached);
    for (int64_t i = 0; i < layer; i++) rest[layer * p->days + i] = 0.0;
    for (int day = p->days - 1; day >= 0; day--) {
        double *here = rest + layer * day;
        const double *there = here + layer;
        const uint8_t *is_reached = reached + (int64_t)day * states;
        int low[classes + 1], high[classes + 1];
        for (int i = 0; i < classes * axis; i++) gain[i] = NEVER;
        for (int c = 0; c < classes; c++) low[c] = axis, high[c] = -1;
        const int32_t menu = m->menu[agent * m->days + day];
        for (int i = m->menu_from[menu]; i < m->menu_from[menu + 1]; i++) {
            const int option = m->menu_option[i];
            int at;
            const double net = option_net(m, p, agent, day, option, earned[day], midnight[day], &at);
            if (net == NEVER) continue;
            const int c = p->class_of[(int64_t)day * m->options + option];
            if (net > gain[c * axis + at]) gain[c * axis + at] = net;
            if (at < low[c]) low[c] = at;
            if (at > high[c]) high[c] = at;
        }
        const int day_length = (midnight[day + 1] - midnight[day]) / p->axis_step;
        const double free_price = price_of(m, agent, day, FREE);
        const int may_be_free = m->may_be_free[agent * m->days + day];
        for (int s = 0; s < p->states[day]; s++)
            if (is_reached[s])
                for (int i = 0; i < axis; i++) here[(int64_t)s * axis + i] = NEVER;
        for (int c = 0; c < p->classes[day]; c++) {
            const int64_t from = ((int64_t)day * classes + c) * states;
            const int shift = p->ready_after[day * classes + c] - day_length;
            for (int i = low[c]; i <= high[c] && i + shift < axis; i++) {
                const double net = gain[c * axis + i];
                if (net == NEVER) continue;
                const double *to = there + (i + shift < 0 ? 0 : i + shift);
                for (int s = 0; s < p->states[day]; s++) {
                    const int32_t after = p->next[from + s];
                    if (!is_reached[s] || after < 0) continue;
                    const double later = to[(int64_t)after * axis];
                    if (later == NEVER) continue;
                    const double value = net - (p->price ? p->price[from + s] : 0.0) + later;
                    double *row = here + (int64_t)s * axis;
                    if (value > row[i]) row[i] = value;
                }
            }
        }
        for (int s = 0; s < p->states[day]; s++) {
            if (!is_reached[s]) continue;
            double *row = here + (int64_t)s * axis;
            for (int i = axis - 2; i >= 0; i--)
                if (row[i + 1] > row[i]) row[i] = row[i + 1];
            const int32_t after_free = may_be_free ? p->next_free[day * states + s] : -1;
            if (after_free < 0) continue;
            const double less = free_price + (p->price_free ? p->price_free[day * states + s] : 0.0);
            const double *to = there + (int64_t)after_free * axis;
            for (int i = 0; i < axis; i++) {
                const double later = to[i < day_length ? 0 : i - day_length];
                if (later != NEVER && later - less > row[i]) row[i] = later - less;
            }
        }
    }
}

/* The best weeks of an agent, best first: at most `most` of them, none that nets `slack` less than the best.
 * Answers how many; value[n] and chosen[n * days] are filled. `room` beginnings fit in `pool`, as many numbers in
 * `heap`; when they are used up the weeks found so far are all there are. Scratch is that of `best_week`. */
EXPORT int staffcurve_near_weeks(const Model *m, const Plan *p, int agent, int first_state, int ready,
                                 const double *const *earned, double *scratch, double slack, int most,
                                 Beginning *pool, int32_t *heap, int room, double *value, int32_t *chosen) {
    const int axis = p->axis, states = p->most_states, classes = p->most_classes;
    const int64_t layer = (int64_t)states * axis;
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    if (first_state < 0) return 0;
    double *rest = scratch;
    best_rests(m, p, agent, first_state, earned, rest);
    ready = ready < midnight[0] ? 0 : (ready - midnight[0] + p->axis_step - 1) / p->axis_step;
    if (ready >= axis) ready = axis - 1;
    const double best = rest[(int64_t)first_state * axis + ready];
    if (best < -1e300) return 0;
    /* the parts of a week add up to another last digit forwards than backwards */
    const double digit = 1e-9 * (1.0 + fabs(best)), least = best - slack - digit;
    int used = 0, size = 0, found = 0;
    pool[used] = (Beginning){0.0, 0.0, -1, FREE, first_state, ready, 0, 0};
    heap_push(heap, &size, pool, used++);
    while (size && found < most) {
        const int32_t number = heap_pop(heap, &size, pool);
        const Beginning b = pool[number];
        if (b.day == p->days) {
            value[found] = b.sum;
            int32_t *week = chosen + (int64_t)found++ * m->days;
            for (int32_t at = number; pool[at].parent >= 0; at = pool[at].parent)
                week[pool[at].day - 1] = pool[at].option;
            continue;
        }
        const int day = b.day, day_length = (midnight[day + 1] - midnight[day]) / p->axis_step;
        const double *there = rest + layer * (day + 1);
        const int32_t menu = m->menu[agent * m->days + day];
        const int32_t after_free = m->may_be_free[agent * m->days + day] ? p->next_free[day * states + b.state] : -1;
        if (used + m->menu_from[menu + 1] - m->menu_from[menu] + 1 > room) break;
        if (after_free >= 0) {
            const int then = b.ready < day_length ? 0 : b.ready - day_length;
            const double sum = b.sum - price_of(m, agent, day, FREE) -
                               (p->price_free ? p->price_free[day * states + b.state] : 0.0);
            const double later = there[(int64_t)after_free * axis + then];
            if (later != NEVER && sum + later >= least) {
                const double rank = rank_of(sum + later - best, digit);
                pool[used] = (Beginning){sum, rank, number, FREE, after_free, then, day + 1, 0};
                heap_push(heap, &size, pool, used++);
            }
        }
        for (int i = m->menu_from[menu]; i < m->menu_from[menu + 1]; i++) {
            const int option = m->menu_option[i];
            int at;
            const double net = option_net(m, p, agent, day, option, earned[day], midnight[day], &at);
            if (net == NEVER || at < b.ready) continue;
            const int c = p->class_of[(int64_t)day * m->options + option];
            const int64_t cell = ((int64_t)day * classes + c) * states + b.state;
            const int32_t after = p->next[cell];
            int then = at + p->ready_after[day * classes + c] - day_length;
            if (after < 0 || then >= axis) continue;
            if (then < 0) then = 0;
            const double sum = b.sum + net - (p->price ? p->price[cell] : 0.0);
            const double later = there[(int64_t)after * axis + then];
            if (later == NEVER || sum + later < least) continue;
            const double rank = rank_of(sum + later - best, digit);
            pool[used] = (Beginning){sum, rank, number, option, after, then, day + 1, 0};
            heap_push(heap, &size, pool, used++);
        }
    }
    return found;
}
