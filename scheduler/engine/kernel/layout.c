/* Breaks inside one shift: the cheapest legal layout, and what a given layout costs. */
#include "model.h"

/* What priced break rules charge for the gap of `gap` slots before a break, or 0. */
static inline double gap_cost(const Variant *v, int gap) {
    const int minutes = gap * v->slot_minutes;
    double cost = 0.0;
    if (minutes < v->wish_gap_least) cost += v->gap_price * (v->wish_gap_least - minutes);
    if (minutes > v->wish_gap_most) cost += v->gap_price * (minutes - v->wish_gap_most);
    return cost;
}
static inline double work_cost(const Variant *v, int stretch) {
    const int minutes = stretch * v->slot_minutes;
    return minutes > v->wish_work_most ? v->work_price * (minutes - v->wish_work_most) : 0.0;
}
static inline double window_cost(const Variant *v, int j, int at) {
    if (at < v->wish_first[j]) return v->window_price * (v->wish_first[j] - at);
    if (at > v->wish_last[j]) return v->window_price * (at - v->wish_last[j]);
    return (at - v->wish_first[j]) % v->wish_step[j] ? v->step_price : 0.0;
}
static inline int is_priced(const Variant *v) {
    return v->window_price != 0.0 || v->gap_price != 0.0 || v->work_price != 0.0 || v->order_price != 0.0;
}

static double layout_cost(const Variant *v, int length, const int32_t *at) {
    if (!is_priced(v)) return 0.0;
    double cost = v->order_price;
    int worked_since = 0;
    for (int j = 0; j < v->breaks; j++) {
        cost += window_cost(v, j, at[j]) + work_cost(v, at[j] - worked_since);
        if (j) cost += gap_cost(v, at[j] - worked_since);
        worked_since = at[j] + v->length[j];
    }
    return cost + work_cost(v, length - worked_since);
}

#define MAX_POSITIONS 300

/* Cheapest layout in one order: worth[i] is the sum of what working slots 0 .. i-1 of the shift earns,
 * so a break at p loses worth[p + length] - worth[p]. Returns the loss plus priced rules, DBL_MAX if none.
 *
 * best[j][i] is the least loss of breaks 0 .. j with break j at its i-th position; positions are visited
 * in order, so the reachable positions of the break before form a sliding window. */
static double lay_in_order(const Variant *v, int length, const double *worth, int32_t *at) {
    const int n = v->breaks;
    if (n == 0) {
        if (length > v->work_most) return DBL_MAX;
        return v->order_price + work_cost(v, length);
    }
    const int priced = is_priced(v);
    double best[MAX_BREAKS][MAX_POSITIONS];
    int16_t from[MAX_BREAKS][MAX_POSITIONS];
    const int gap_most = v->gap_most < v->work_most ? v->gap_most : v->work_most;
    int count_before = 0;
    for (int j = 0; j < n; j++) {
        const int step = v->step[j], cut = v->length[j];
        int count = v->last[j] < v->first[j] ? 0 : (v->last[j] - v->first[j]) / step + 1;
        if (count > MAX_POSITIONS) count = MAX_POSITIONS;
        int lowest = 0, any = 0;
        const int step_before = j ? v->step[j - 1] : 1;
        for (int i = 0; i < count; i++) {
            const int p = v->first[j] + i * step;
            double value = DBL_MAX;
            int chosen = -1;
            if (p + cut > length) {
                best[j][i] = DBL_MAX;
                continue;
            }
            if (j == 0) {
                if (p <= v->work_most) value = priced ? work_cost(v, p) : 0.0;
            } else {
                const int base = v->first[j - 1] + v->length[j - 1];
                /* the gap p - (base + q * step) lies in [gap_least, gap_most] */
                while (lowest < count_before && p - (base + lowest * step_before) > gap_most) lowest++;
                for (int q = lowest; q < count_before; q++) {
                    const int gap = p - (base + q * step_before);
                    if (gap < v->gap_least) break;
                    double earlier = best[j - 1][q];
                    if (earlier == DBL_MAX) continue;
                    if (priced) earlier += gap_cost(v, gap) + work_cost(v, gap);
                    if (earlier < value) {
                        value = earlier;
                        chosen = q;
                    }
                }
            }
            if (value != DBL_MAX) {
                value += worth[p + cut] - worth[p];
                if (priced) value += window_cost(v, j, p);
                any = 1;
            }
            best[j][i] = value;
            from[j][i] = (int16_t)chosen;
        }
        if (!any) return DBL_MAX;
        count_before = count;
    }
    double least = DBL_MAX;
    int end = -1;
    for (int i = 0; i < count_before; i++) {
        const int stretch = length - (v->first[n - 1] + i * v->step[n - 1] + v->length[n - 1]);
        if (best[n - 1][i] == DBL_MAX || stretch > v->work_most) continue;
        const double value = best[n - 1][i] + (priced ? work_cost(v, stretch) : 0.0);
        if (value < least) {
            least = value;
            end = i;
        }
    }
    if (end < 0) return DBL_MAX;
    if (at)
        for (int j = n - 1; j >= 0; j--) {
            at[j] = v->first[j] + end * v->step[j];
            end = from[j][end];
        }
    return least + v->order_price;
}

/* Cheapest layout over all orders of a layout. */
static double lay_best(const Model *m, int layout, int length, const double *worth, int32_t *order, int32_t *at) {
    double least = DBL_MAX;
    int32_t trial[MAX_BREAKS];
    for (int v = m->layout_from[layout]; v < m->layout_from[layout + 1]; v++) {
        const double value = lay_in_order(&m->variant[v], length, worth, at ? trial : NULL);
        if (value < least) {
            least = value;
            if (at) {
                *order = v;
                memcpy(at, trial, sizeof trial);
            }
        }
    }
    return least;
}

/* Whether each variant has any legal layout at all; called once while the tables are prepared. */
EXPORT int staffcurve_layout_exists(const Variant *v, int length) {
    static const double nothing[4096] = {0};
    return lay_in_order(v, length, nothing, NULL) != DBL_MAX;
}
