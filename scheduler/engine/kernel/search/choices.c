/* A choice is what an agent does on a day: an option, and where its breaks lie. What one or two changed choices cost, and
 * whether they are accepted, by the rule of Metropolis and others (1953). */
#include "../model.h"

typedef struct {
    int32_t option, order;
    int32_t at[MOST_BREAKS];
    double lay;
} Choice;

/* Stretches of work in order of time; room for the duties of two days. */
typedef struct {
    int32_t from[2 * MOST_SEGMENTS], to[2 * MOST_SEGMENTS], n;
} Segments;

static inline Choice current(const State *s, int agent, int day) {
    const int64_t i = (int64_t)agent * s->m->days + day;
    Choice c = {s->option[i], s->order[i], {0}, s->lay[i]};
    memcpy(c.at, s->at + i * MOST_BREAKS, sizeof c.at);
    return c;
}

static void append_worked(const Model *m, int agent, int day, const Choice *c, Segments *seg) {
    if (c->option == FREE) return;
    const int start = start_of(m, agent, day, c->option);
    const Variant *v = &m->variant[c->order];
    int since = start;
    for (int j = 0; j <= v->breaks; j++) {
        const int until = start + (j < v->breaks ? c->at[j] : m->length[c->option]);
        if (until > since) {
            seg->from[seg->n] = since;
            seg->to[seg->n++] = until;
        }
        if (j < v->breaks) since = until + v->length[j];
    }
}

static Segments worked(const Model *m, int agent, int day, const Choice *c) {
    Segments seg;
    seg.n = 0;
    append_worked(m, agent, day, c, &seg);
    return seg;
}

/* Sum of row[] over slots in `a` and not in `b`. */
static double sum_outside(const double *row, const Segments *a, const Segments *b) {
    double sum = 0.0;
    int j = 0;
    for (int i = 0; i < a->n; i++) {
        int t = a->from[i];
        const int end = a->to[i];
        while (t < end) {
            while (j < b->n && b->to[j] <= t) j++;
            int stop = end;
            if (j < b->n) {
                if (b->from[j] <= t) {
                    t = b->to[j] < end ? b->to[j] : end;
                    continue;
                }
                if (b->from[j] < stop) stop = b->from[j];
            }
            for (; t < stop; t++) sum += row[t];
        }
    }
    return sum;
}

static void change_slots(State *s, int group, const Segments *a, const Segments *b, int adding) {
    int j = 0;
    for (int i = 0; i < a->n; i++)
        for (int t = a->from[i]; t < a->to[i]; t++) {
            while (j < b->n && b->to[j] <= t) j++;
            if (j < b->n && b->from[j] <= t) continue;
            if (adding) slot_add(s, t, group);
            else slot_drop(s, t, group);
        }
}

static double staffing_change(const State *s, int agent, const Segments *old, const Segments *fresh) {
    const int64_t row = (int64_t)s->m->group[agent] * s->m->slots;
    return sum_outside(s->add + row, fresh, old) + sum_outside(s->drop + row, old, fresh);
}

static void put(State *s, int agent, int day, const Choice *c) {
    const Choice old = current(s, agent, day);
    const Segments before = worked(s->m, agent, day, &old), after = worked(s->m, agent, day, c);
    const int group = s->m->group[agent];
    change_slots(s, group, &before, &after, 0);
    change_slots(s, group, &after, &before, 1);
    const int64_t i = (int64_t)agent * s->m->days + day;
    if (c->option != old.option) {
        shift_totals(s, agent, day, c->option);
        count_heads(s, agent, day, old.option, -1);
        count_heads(s, agent, day, c->option, 1);
    }
    s->option[i] = c->option;
    s->order[i] = c->order;
    memcpy(s->at + i * MOST_BREAKS, c->at, sizeof c->at);
    s->lay[i] = c->lay;
}

/* Running sums of what working each slot is worth to the agent, over [from, to), the old duty taken out. */
static void worth_now(const State *s, int agent, const Segments *old, int from, int to, double *worth) {
    const int64_t row = (int64_t)s->m->group[agent] * s->m->slots;
    const double *add = s->add + row, *drop = s->drop + row;
    double sum = 0.0;
    int j = 0;
    worth[0] = 0.0;
    for (int t = from; t < to; t++) {
        while (j < old->n && old->to[j] <= t) j++;
        sum += j < old->n && old->from[j] <= t ? drop[t] : -add[t];
        worth[t - from + 1] = sum;
    }
}

/* Lay the breaks of an option as well as present staffing allows; 0 if it cannot be laid. */
static int lay_choice(State *s, int agent, int day, const Segments *old, int option, Choice *c) {
    const Model *m = s->m;
    const int start = start_of(m, agent, day, option), layout = layout_of(m, agent, day, option);
    if (start < 0 || layout < 0) return 0;
    double worth[MOST_DUTY_SLOTS + 1];
    const int length = m->length[option];
    worth_now(s, agent, old, start, start + length, worth);
    c->option = option;
    c->order = m->layout_from[layout];
    memset(c->at, 0, sizeof c->at); /* rosters are compared with the entries behind the last break */
    if (lay_best(m, layout, length, worth, &c->order, c->at) == DBL_MAX) return 0;
    c->lay = layout_cost(&m->variant[c->order], length, c->at);
    return 1;
}

/* Gumbel noise: what earns most with noise of a temperature is drawn by exp(earned / temperature), the Gumbel-max trick
 * (Maddison, Tarlow and Minka 2014). Two logarithms for each option took a fifth of the time of a drawn week; a table of
 * quantiles tells as much. */
#define QUANTILES 1024
static double quantile[QUANTILES];
__attribute__((constructor)) static void prepare_noise(void) {
    for (int i = 0; i < QUANTILES; i++) quantile[i] = -log(-log((i + 0.5) / QUANTILES));
}
static inline double noise(State *s) { return quantile[draw(s) >> 54]; }

static inline int accept(State *s, double change, double temperature) {
    return change <= 0.0 || change < -temperature * log(uniform(s));
}

/* The change of the agent's own cost by one or two changed days; the second is evaluated after the first. */
static double own_change(State *s, int agent, int changes, const int *day, const Choice *fresh, double *broken) {
    *broken = 0.0;
    double change = day_change(s, agent, day[0], fresh[0].option, broken);
    if (changes == 1) return change;
    int32_t *first = s->option + (int64_t)agent * s->m->days + day[0];
    const int32_t old = *first;
    shift_totals(s, agent, day[0], fresh[0].option);
    *first = fresh[0].option;
    change += day_change(s, agent, day[1], fresh[1].option, broken);
    shift_totals(s, agent, day[0], old);
    *first = old;
    return change;
}

/* Put one or two days; dropping first keeps slots that two days share from being counted wrongly. */
static void put_all(State *s, int agent, int changes, const int *day, const Choice *fresh) {
    for (int i = 0; i < changes; i++)
        if (fresh[i].option == FREE) put(s, agent, day[i], &fresh[i]);
    for (int i = 0; i < changes; i++)
        if (fresh[i].option != FREE) put(s, agent, day[i], &fresh[i]);
}

/* Judge the agent's new duties as a whole, then accept or leave them; `changes` says whether one or
 * two days are changed. */
static int offer(State *s, int agent, int changes, const int *day, const Choice *fresh, double temperature) {
    double broken;
    double change = own_change(s, agent, changes, day, fresh, &broken);
    if (broken > 0.0) return 0;
    const double own = change;
    /* both days in one sum: a slot that one day leaves and the other takes up does not change */
    Segments before, after;
    before.n = after.n = 0;
    for (int i = 0; i < changes; i++) {
        const int k = changes == 2 && day[0] > day[1] ? 1 - i : i;
        const Choice old = current(s, agent, day[k]);
        append_worked(s->m, agent, day[k], &old, &before);
        append_worked(s->m, agent, day[k], &fresh[k], &after);
        change += fresh[k].lay - old.lay + heads_change(s, agent, day[k], old.option, fresh[k].option);
    }
    change += staffing_change(s, agent, &before, &after);
    if (s->scenarios) { /* which of them is dearest then is seen when the change was made */
        Choice old[2];
        for (int i = 0; i < changes; i++) old[i] = current(s, agent, day[i]);
        const double dear = dearest(s);
        put_all(s, agent, changes, day, fresh);
        change += dearest(s) - dear;
        if (broken == 0.0 && !accept(s, change, temperature)) {
            put_all(s, agent, changes, day, old);
            return 0;
        }
    } else {
        if (broken == 0.0 && !accept(s, change, temperature)) return 0;
        put_all(s, agent, changes, day, fresh);
    }
    s->own[agent] += own;
    s->violation[agent] += broken;
    s->drift += change;
    return 1;
}

static const Choice FREE_DAY = {FREE, 0, {0}, 0.0};
