/* When to start classes of one skill: a dynamic programme over the people who were hired and are past their
 * learning curve, week by week (R. Bellman, Dynamic Programming, 1957). All numbers are whole and below 2^53.
 *
 * A state is the number of those people, in hundredths, at the beginning of a week. In a week a class may arrive
 * from its training, by one of the options (so many classes, so many people); the state is known again when it
 * is past its curve, CURVE weeks later. Between the two no other class arrives. */
#include "model.h"

typedef struct {
    int32_t weeks, states, options, curve, training;
    const double *needed;      /* [week] people needed beside those known */
    const double *price;       /* [week] of one of them missing */
    const double *more_needed; /* [week] below which so many are missing that more is priced on top */
    const double *more_price;  /* [week] that price; all 0 without a limit */
    const double *cost;        /* [week of the start][option], its training rooms included */
    const double *productive;  /* [week of the curve][option] */
    const int32_t *joins;      /* [option] people past the curve */
    const int32_t *classes;    /* [option], ascending */
    const int32_t *left;       /* [weeks later][state] who is still there */
    const int32_t *least, *most; /* [week] states that are looked at */
    double *value;             /* [week][state] least cost from there on */
    int32_t *choice;           /* [week][state] option that arrives, or -1 */
} Hiring;

#define NEVER 1e17
enum { MOST_OPTIONS = 512, MOST_STARTS = 160 };

static inline double missing_cost(const Hiring *h, int week, double productive) {
    double first = h->needed[week] - productive, more = h->more_needed[week] - productive;
    return (first > 0 ? first * h->price[week] : 0) + (more > 0 ? more * h->more_price[week] : 0);
}

/* Adds what is missing while each option is on its curve, from a state on. */
static void add_curve_costs(const Hiring *h, int week, int state, int weeks, int from, int to, double *cost) {
    for (int later = 0; later < weeks; later++) {
        int at = week + later;
        double there = h->left[(int64_t)later * h->states + state];
        const double *productive = h->productive + (int64_t)later * h->options;
        double first = h->needed[at] - there, price = h->price[at];
        if (first > 0)
            for (int o = from; o < to; o++) {
                double missing = first - productive[o];
                cost[o] += missing > 0 ? missing * price : 0;
            }
        double more = h->more_needed[at] - there, more_price = h->more_price[at];
        if (more_price > 0 && more > 0)
            for (int o = from; o < to; o++) {
                double missing = more - productive[o];
                cost[o] += missing > 0 ? missing * more_price : 0;
            }
    }
}

/* Fills value and choice. */
EXPORT void staffcurve_hiring_values(const Hiring *h) {
    int W = h->weeks, N = h->states, O = h->options;
    double cost[MOST_OPTIONS];
    for (int s = 0; s < N; s++) h->value[(int64_t)W * N + s] = 0;
    for (int week = W - 1; week >= 0; week--) {
        double *value = h->value + (int64_t)week * N;
        int32_t *choice = h->choice + (int64_t)week * N;
        int curve = week + h->curve < W ? h->curve : W - week;
        const double *after = h->value + (int64_t)(week + curve) * N;
        const double *start = h->cost + (int64_t)(week - h->training) * O;
        for (int s = 0; s < h->least[week] && s < N; s++) value[s] = NEVER;
        for (int s = h->most[week] + 1; s < N; s++) value[s] = NEVER;
        for (int s = h->least[week]; s <= h->most[week]; s++) {
            double best = missing_cost(h, week, s) + value[N + h->left[N + s]];
            int chosen = -1;
            if (week >= h->training) {
                for (int o = 0; o < O; o++) cost[o] = start[o];
                add_curve_costs(h, week, s, curve, 0, O, cost);
                int stay = h->left[(int64_t)curve * N + s];
                for (int o = 0; o < O; o++) {
                    int then = curve == h->curve ? stay + h->joins[o] : 0;
                    if (then >= N) continue;
                    double total = cost[o] + after[then];
                    if (total < best) { best = total; chosen = o; }
                }
            }
            value[s] = best;
            choice[s] = chosen;
        }
    }
}

/* By week the states of plans of at most that cost; reached: scratch, [week][state]. */
EXPORT void staffcurve_hiring_window(const Hiring *h, double most_cost, double *reached, int32_t *least, int32_t *most) {
    int W = h->weeks, N = h->states, O = h->options;
    double cost[MOST_OPTIONS];
    for (int64_t at = 0; at < (int64_t)(W + 1) * N; at++) reached[at] = NEVER;
    for (int week = 0; week <= W; week++) { least[week] = N; most[week] = -1; }
    reached[0] = 0;
    for (int week = 0; week < W; week++) {
        const double *here = reached + (int64_t)week * N, *value = h->value + (int64_t)week * N;
        int curve = week + h->curve < W ? h->curve : W - week;
        for (int s = h->least[week]; s <= h->most[week]; s++) {
            if (here[s] >= NEVER || here[s] + value[s] > most_cost) continue;
            if (s < least[week]) least[week] = s;
            if (s > most[week]) most[week] = s;
            double *next = reached + (int64_t)(week + 1) * N + h->left[N + s];
            double none = here[s] + missing_cost(h, week, s);
            if (none < *next) *next = none;
            if (week < h->training) continue;
            const double *start = h->cost + (int64_t)(week - h->training) * O;
            for (int o = 0; o < O; o++) cost[o] = here[s] + start[o];
            add_curve_costs(h, week, s, curve, 0, O, cost);
            int stay = h->left[(int64_t)curve * N + s];
            for (int o = 0; o < O; o++) {
                int then = curve == h->curve ? stay + h->joins[o] : 0;
                if (then >= N) continue;
                double *arrived = reached + (int64_t)(week + curve) * N + then;
                if (cost[o] < *arrived) *arrived = cost[o];
            }
        }
    }
    least[W] = 0;
    most[W] = N - 1;
}

/* Patterns: which weeks start how many classes, whoever many people are in them. */
typedef struct {
    const Hiring *h;
    double most_cost, *row_cost;
    int32_t *rows, room, width, found;
    int32_t path[2 * MOST_STARTS], depth;
    int64_t work, most_work;
} Patterns;

static void keep_pattern(Patterns *p, double cost) {
    if (p->found < p->room) {
        int32_t *row = p->rows + (int64_t)p->found * p->width;
        row[0] = p->depth;
        for (int at = 0; at < 2 * p->depth; at++) row[1 + at] = p->path[at];
        p->row_cost[p->found] = cost;
    }
    p->found++;
}

/* Goes on from a pattern whose states at a week cost what stands in here; layers behind it are scratch. */
static void extend(Patterns *p, int week, double *here, int low, int high) {
    const Hiring *h = p->h;
    int W = h->weeks, N = h->states, O = h->options;
    double *next = here + N, *arrived = here + 2 * (int64_t)N, cost[MOST_OPTIONS];
    for (; week < W; week++) {
        const double *value = h->value + (int64_t)week * N;
        int first = N, last = -1;
        for (int s = low; s <= high; s++) {
            if (here[s] >= NEVER) continue;
            if (here[s] + value[s] > p->most_cost) { here[s] = NEVER; continue; }
            if (s < first) first = s;
            last = s;
        }
        if (last < 0) return;
        low = first;
        high = last;
        p->work += high - low + 1;
        if (p->work > p->most_work || p->found > p->room) { p->found = p->room + 1; return; }
        int curve = week + h->curve < W ? h->curve : W - week, is_past = curve == h->curve;
        const double *after = h->value + (int64_t)(week + curve) * N;
        for (int from = 0, to; week >= h->training && from < O; from = to) {
            for (to = from; to < O && h->classes[to] == h->classes[from]; to++) {}
            const double *start = h->cost + (int64_t)(week - h->training) * O;
            if (start[from] >= NEVER) continue;
            int left = N, right = -1;
            double best = NEVER;
            if (is_past) for (int s = 0; s < N; s++) arrived[s] = NEVER;
            for (int s = low; s <= high; s++) {
                if (here[s] >= NEVER) continue;
                p->work += to - from;
                for (int o = from; o < to; o++) cost[o] = here[s] + start[o];
                add_curve_costs(h, week, s, curve, from, to, cost);
                int stay = h->left[(int64_t)curve * N + s];
                for (int o = from; o < to; o++) {
                    int then = is_past ? stay + h->joins[o] : 0;
                    if (then >= N || cost[o] + after[then] > p->most_cost) continue;
                    if (!is_past) { if (cost[o] < best) best = cost[o]; continue; }
                    if (cost[o] < arrived[then]) arrived[then] = cost[o];
                    if (then < left) left = then;
                    if (then > right) right = then;
                }
            }
            p->path[2 * p->depth] = week - h->training;
            p->path[2 * p->depth + 1] = h->classes[from];
            p->depth++;
            if (right >= 0) extend(p, week + curve, arrived, left, right);
            if (best < NEVER) keep_pattern(p, best);
            p->depth--;
        }
        int lower = h->left[N + low], upper = h->left[N + high];
        for (int s = lower; s <= upper; s++) next[s] = NEVER;
        for (int s = low; s <= high; s++) {
            if (here[s] >= NEVER) continue;
            double none = here[s] + missing_cost(h, week, s), *then = next + h->left[N + s];
            if (none < *then) *then = none;
        }
        for (int s = lower; s <= upper; s++) here[s] = next[s];
        low = lower;
        high = upper;
    }
    double best = NEVER;
    for (int s = low; s <= high; s++) if (here[s] < best) best = here[s];
    if (best <= p->most_cost) keep_pattern(p, best);
}

/* All patterns of at most that cost: rows of (number of starts, then week and classes of each), and the cost of
 * each. Returns their number, or -1 where there are more than there is room for, or it is too much work. */
EXPORT int staffcurve_hiring_patterns(const Hiring *h, double most_cost, double *scratch, int32_t *rows, double *row_cost,
                                      int room, int width, int64_t most_work) {
    Patterns p = {.h = h, .most_cost = most_cost, .row_cost = row_cost, .rows = rows, .room = room, .width = width,
                  .most_work = most_work};
    for (int s = 0; s < h->states; s++) scratch[s] = NEVER;
    scratch[0] = 0;
    extend(&p, 0, scratch, 0, 0);
    return p.found > room ? -1 : p.found;
}
