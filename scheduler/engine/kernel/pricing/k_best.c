/* The k best weeks of one agent at given prices, best first.
 *
 * Completion bounds (`completion_bounds.c`) are exact estimates of the rest, with which A* (Hart, Nilsson and Raphael
 * 1968) extends no label in vain; it goes on after the first week for as many as are asked for. */
#include "../model.h"

/* A label of a week: what was done on the day before `day`, and where that came from. */
typedef struct {
    double sum, rank; /* earned so far; how far its best completion is from the best week, in multiples of the rounding tolerance */
    int32_t parent, option;
    int32_t state, ready;
    int32_t day, unused;
} Label;

/* Values that differ by less, as a fraction of the best one, count as equal. */
#define LAST_DIGIT 1e-9

/* Ties go to the label of the latest day; otherwise all equally good ones would be extended day by day. */
static int is_better(const Label *one, const Label *other) {
    return one->rank > other->rank || (one->rank == other->rank && one->day > other->day);
}

static inline double rank_of(double beyond_best, double digit) { return floor(beyond_best / digit + 0.5); }

static void heap_push(int32_t *heap, int *size, const Label *pool, int32_t fresh) {
    int i = (*size)++;
    while (i > 0 && is_better(&pool[fresh], &pool[heap[(i - 1) / 2]])) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = fresh;
}

static int32_t heap_pop(int32_t *heap, int *size, const Label *pool) {
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

/* The best weeks of an agent, best first: at most `most` of them, none that nets `slack` less than the best.
 * Returns how many; value[n] and chosen[n * days] are filled. `room` labels fit in `pool`, as many numbers in
 * `heap`; when they are used up the weeks found so far are returned. `fixed` (may be NULL) says of each day what
 * the agent does, or OPEN_DAY. Scratch is that of `best_week`. */
EXPORT int staffcurve_k_best_weeks(const Model *m, const Automaton *p, int agent, int first_state, int ready,
                                 const double *const *earned, const int32_t *fixed, double *scratch, double slack, int most,
                                 Label *pool, int32_t *heap, int room, double *value, int32_t *chosen) {
    const int axis = p->axis;
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    if (first_state < 0) return 0;
    double *rest = scratch;
    completion_bounds(m, p, agent, first_state, earned, fixed, rest);
    ready = ready_on_axis(p, midnight[0], ready);
    const double best = rest[(int64_t)first_state * axis + ready];
    if (best < ALMOST_NEVER) return 0;
    /* sums made forwards and backwards differ in the last digit */
    const double digit = LAST_DIGIT * (1.0 + fabs(best)), least = best - slack - digit;
    int used = 0, size = 0, found = 0;
    pool[used] = (Label){0.0, 0.0, -1, FREE, first_state, ready, 0, 0};
    heap_push(heap, &size, pool, used++);
    while (size && found < most) {
        const int32_t number = heap_pop(heap, &size, pool);
        const Label b = pool[number];
        if (b.day == p->days) {
            value[found] = b.sum;
            int32_t *week = chosen + (int64_t)found++ * m->days;
            for (int32_t at = number; pool[at].parent >= 0; at = pool[at].parent)
                week[pool[at].day - 1] = pool[at].option;
            continue;
        }
        const int day = b.day, day_length = (midnight[day + 1] - midnight[day]) / p->axis_step;
        const double *there = rest + p->layer[day + 1] * axis;
        int n;
        const int32_t *option = options_of(m, agent, day, fixed, &n);
        if (used + n + 1 > room) break;
        const Transition off = free_transition(m, p, agent, day, fixed, b.state, b.ready, day_length);
        if (off.state >= 0) {
            const double sum = b.sum - price_of(m, agent, day, FREE) - off.charged;
            const double later = there[(int64_t)off.state * axis + off.ready];
            if (later != NEVER && sum + later >= least) {
                const double rank = rank_of(sum + later - best, digit);
                pool[used] = (Label){sum, rank, number, FREE, off.state, off.ready, day + 1, 0};
                heap_push(heap, &size, pool, used++);
            }
        }
        for (int i = 0; i < n; i++) {
            int at;
            const double net = option_net(m, p, agent, day, option[i], earned[day], midnight[day], &at);
            if (net == NEVER || at < b.ready) continue;
            const Transition move = work_transition(m, p, day, option[i], at, b.state, day_length);
            if (move.state < 0) continue;
            const double sum = b.sum + net - move.charged;
            const double later = there[(int64_t)move.state * axis + move.ready];
            if (later == NEVER || sum + later < least) continue;
            const double rank = rank_of(sum + later - best, digit);
            pool[used] = (Label){sum, rank, number, option[i], move.state, move.ready, day + 1, 0};
            heap_push(heap, &size, pool, used++);
        }
    }
    return found;
}
