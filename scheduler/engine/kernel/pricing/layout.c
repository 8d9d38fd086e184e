/* Breaks inside one shift: the cheapest legal layout, and what a given layout costs. */
#include "../model.h"

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

#define ABREAST 4         /* shifts laid side by side: with eight it was no faster */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

static inline double lesser(double a, double b) { return a < b ? a : b; }

/* Sliding minimum over a window of positions, as a queue of two stacks: suffix minima of an early part, and the minimum
 * of a late part. Each position enters the late part once and moves to the early part once. */
typedef struct {
    int seen, parted;
    double late[ABREAST], early[MOST_POSITIONS * ABREAST];
} Window;

/* Lower `value` to the least of positions lowest .. upto - 1 of `loss`. */
ALWAYS_INLINE void least_within(Window *w, const double *loss, int lowest, int upto, const int lanes, double *value) {
    for (; w->seen < upto; w->seen++)
        for (int l = 0; l < lanes; l++) w->late[l] = lesser(w->late[l], loss[w->seen * lanes + l]);
    if (lowest >= upto) return;
    if (lowest >= w->parted) { /* the early part is used up: all that was seen since moves over */
        double least[ABREAST];
        for (int l = 0; l < lanes; l++) least[l] = w->late[l] = DBL_MAX;
        for (int q = upto - 1; q >= lowest; q--)
            for (int l = 0; l < lanes; l++) w->early[q * lanes + l] = least[l] = lesser(least[l], loss[q * lanes + l]);
        w->parted = upto;
    }
    for (int l = 0; l < lanes; l++) value[l] = lesser(w->early[lowest * lanes + l], w->late[l]);
}

/* Cheapest layout in one order, of `lanes` shifts of one length side by side, as a vector unit takes several numbers
 * at a time: worth[l][i] is the sum of what working slots 0 .. i-1 of the l-th shift earns, so a break at p loses
 * worth[l][p + length] - worth[l][p]. Writes the loss plus priced rules of each; 0 where no layout is legal, which has
 * nothing to do with worths. Where the breaks begin is written to `at`, if there is one, of one lane alone.
 *
 * best[j][i] is the least loss of breaks 0 .. j with break j at its i-th position; positions are visited
 * in order, so the reachable positions of the break before form a sliding window. */
ALWAYS_INLINE int lay_abreast(const Variant *v, int length, const double *const *worth, const int lanes, double *least,
                              int32_t *at) {
    const int n = v->breaks;
    if (n == 0) {
        if (length > v->work_most) return 0;
        for (int l = 0; l < lanes; l++) least[l] = v->order_price + work_cost(v, length);
        return 1;
    }
    const int priced = is_priced(v);
    double best[MOST_BREAKS][MOST_POSITIONS * ABREAST];
    int16_t from[MOST_BREAKS][MOST_POSITIONS];
    const int gap_most = v->gap_most < v->work_most ? v->gap_most : v->work_most;
    int count_before = 0;
    for (int j = 0; j < n; j++) {
        const int step = v->step[j], cut = v->length[j];
        int count = v->last[j] < v->first[j] ? 0 : (v->last[j] - v->first[j]) / step + 1;
        if (count > MOST_POSITIONS) count = MOST_POSITIONS;
        int lowest = 0, upto = 0, any = 0;
        Window window;
        window.seen = window.parted = 0;
        for (int l = 0; l < lanes; l++) window.late[l] = DBL_MAX;
        const int step_before = j ? v->step[j - 1] : 1;
        for (int i = 0; i < count; i++) {
            const int p = v->first[j] + i * step;
            double value[ABREAST];
            int chosen = -1;
            for (int l = 0; l < lanes; l++) value[l] = DBL_MAX;
            if (p + cut > length) {
                for (int l = 0; l < lanes; l++) best[j][i * lanes + l] = DBL_MAX;
                continue;
            }
            if (j == 0) {
                if (p <= v->work_most)
                    for (int l = 0; l < lanes; l++) value[l] = priced ? work_cost(v, p) : 0.0;
            } else {
                const int base = v->first[j - 1] + v->length[j - 1];
                /* the gap p - (base + q * step) lies in [gap_least, gap_most] */
                while (lowest < count_before && p - (base + lowest * step_before) > gap_most) lowest++;
                if (lanes > 1 && !priced) { /* where breaks begin is not asked, and gaps cost nothing */
                    while (upto < count_before && p - (base + upto * step_before) >= v->gap_least) upto++;
                    least_within(&window, best[j - 1], lowest, upto, lanes, value);
                } else {
                    for (int q = lowest; q < count_before; q++) {
                        const int gap = p - (base + q * step_before);
                        if (gap < v->gap_least) break;
                        const double *earlier = &best[j - 1][q * lanes];
                        if (*earlier == DBL_MAX) continue;
                        const double charge = priced ? gap_cost(v, gap) + work_cost(v, gap) : 0.0;
                        for (int l = 0; l < lanes; l++) {
                            if (lanes == 1 && earlier[l] + charge < value[l]) chosen = q;
                            value[l] = lesser(earlier[l] + charge, value[l]);
                        }
                    }
                }
            }
            if (value[0] != DBL_MAX) {
                const double charge = priced ? window_cost(v, j, p) : 0.0;
                for (int l = 0; l < lanes; l++)
                    value[l] = value[l] + (worth[l][p + cut] - worth[l][p]) + charge;
                any = 1;
            }
            for (int l = 0; l < lanes; l++) best[j][i * lanes + l] = value[l];
            if (lanes == 1) from[j][i] = (int16_t)chosen;
        }
        if (!any) return 0;
        count_before = count;
    }
    int end = -1;
    for (int l = 0; l < lanes; l++) least[l] = DBL_MAX;
    for (int i = 0; i < count_before; i++) {
        const int stretch = length - (v->first[n - 1] + i * v->step[n - 1] + v->length[n - 1]);
        if (best[n - 1][i * lanes] == DBL_MAX || stretch > v->work_most) continue;
        const double charge = priced ? work_cost(v, stretch) : 0.0;
        for (int l = 0; l < lanes; l++) {
            const double value = best[n - 1][i * lanes + l] + charge;
            if (lanes == 1 && value < least[l]) end = i;
            least[l] = lesser(value, least[l]);
        }
    }
    if (least[0] == DBL_MAX) return 0;
    for (int l = 0; l < lanes; l++) least[l] += v->order_price;
    if (lanes == 1 && at)
        for (int j = n - 1; j >= 0; j--) {
            at[j] = v->first[j] + end * v->step[j];
            end = from[j][end];
        }
    return 1;
}

/* Cheapest layout in one order: the loss plus priced rules, DBL_MAX if there is none. */
static double lay_in_order(const Variant *v, int length, const double *worth, int32_t *at) {
    double least;
    return lay_abreast(v, length, &worth, 1, &least, at) ? least : DBL_MAX;
}

/* Cheapest layout over all orders of a layout. */
static double lay_best(const Model *m, int layout, int length, const double *worth, int32_t *order, int32_t *at) {
    double least = DBL_MAX;
    int32_t trial[MOST_BREAKS] = {0}; /* rosters are compared with what is behind the last break */
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

/* Options of a day that wait for their breaks to be laid side by side: all of one length and layout. */
typedef struct {
    int count, layout, length;
    int32_t place[ABREAST]; /* in the list of what is earned */
    const double *worth[ABREAST];
} Abreast;

/* Add to what each of those that wait earns the worth of its slots less what its breaks lose; NEVER where it has no
 * legal layout. */
static void lay_those(const Model *m, Abreast *those, double *earned) {
    double lost[ABREAST], least[ABREAST];
    if (those->count == 1) {
        lost[0] = lay_best(m, those->layout, those->length, those->worth[0], NULL, NULL);
    } else {
        for (int l = those->count; l < ABREAST; l++) those->worth[l] = those->worth[0];
        for (int l = 0; l < ABREAST; l++) lost[l] = DBL_MAX;
        for (int v = m->layout_from[those->layout]; v < m->layout_from[those->layout + 1]; v++) {
            if (!lay_abreast(&m->variant[v], those->length, those->worth, ABREAST, least, NULL)) continue;
            for (int l = 0; l < ABREAST; l++) lost[l] = lesser(least[l], lost[l]);
        }
    }
    for (int l = 0; l < those->count; l++) {
        const double *worth = those->worth[l];
        double *to = &earned[those->place[l]];
        *to = lost[l] == DBL_MAX ? NEVER : *to + (worth[those->length] - worth[0] - lost[l]);
    }
    those->count = 0;
}

/* Let an option wait whose slots are worth `worth`; when it does not fit to those that wait, they are laid first. */
static inline void lay_with_others(const Model *m, Abreast *those, int place, int layout, int length,
                                   const double *worth, double *earned) {
    const int is_alike = those->layout == layout && those->length == length;
    if (those->count && (those->count == ABREAST || !is_alike)) lay_those(m, those, earned);
    those->layout = layout, those->length = length;
    those->place[those->count] = place;
    those->worth[those->count++] = worth;
}

/* Whether each variant has any legal layout at all; called once while the tables are prepared. */
EXPORT int staffcurve_layout_exists(const Variant *v, int length) {
    static const double nothing[MOST_DUTY_SLOTS + 1] = {0};
    return lay_in_order(v, length, nothing, NULL) != DBL_MAX;
}
