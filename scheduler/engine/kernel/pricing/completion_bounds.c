/* Completion bounds: the most that the rest of the horizon can net from each label, exact; `week.c` run backwards.
 *
 * Only states are visited that the agent can reach, and only points of the axis at which options start. In headcount
 * problems, where all options of a class start at one time, that is several times faster than vector sums over all of
 * the axis. */
#include "../model.h"

/* The first point of the axis at which an agent is ready. */
static inline int ready_on_axis(const Automaton *p, int32_t midnight, int ready) {
    const int at = ready < midnight ? 0 : (ready - midnight + p->axis_step - 1) / p->axis_step;
    return at >= p->axis ? p->axis - 1 : at;
}

/* What an option nets on a day, NEVER where it is not possible; *at is its start on the axis. */
static inline double option_net(const Model *m, const Automaton *p, int agent, int day, int option, const double *earned,
                                int32_t midnight, int *at) {
    if (p->class_of[(int64_t)day * m->options + option] < 0 || earned[option] == NEVER) return NEVER;
    *at = (start_of(m, agent, day, option) - midnight) / p->axis_step;
    if (*at < 0 || *at >= p->axis) return NEVER;
    return earned[option] - m->pay[agent] * m->paid[option] - price_of(m, agent, day, option);
}

/* Whether a day is free to choose from its menu, or fixed; `fixed` may be NULL where no day is fixed. */
static inline int is_open(const int32_t *fixed, int day) { return !fixed || fixed[day] == OPEN_DAY; }

static inline int may_be_free_on(const Model *m, int agent, int day, const int32_t *fixed) {
    return is_open(fixed, day) ? m->may_be_free[agent * m->days + day] : fixed[day] == FREE;
}

/* The options of a day: those of the menu, or the one to which the day is fixed. */
static inline const int32_t *options_of(const Model *m, int agent, int day, const int32_t *fixed, int *n) {
    if (!is_open(fixed, day)) {
        *n = fixed[day] == FREE ? 0 : 1;
        return fixed + day;
    }
    const int32_t menu = m->menu[agent * m->days + day];
    *n = m->menu_from[menu + 1] - m->menu_from[menu];
    return m->menu_option + m->menu_from[menu];
}

/* Next state after an option of a day, or FREE, -1 where it is not allowed; the charge for the automaton's limits is
 * added. */
static inline int32_t leads_to(const Model *m, const Automaton *p, int day, int32_t option, int state, double *charged) {
    if (option == FREE) {
        if (p->price_free) *charged += p->price_free[p->layer[day] + state];
        return p->next_free[p->layer[day] + state];
    }
    const int c = p->class_of[(int64_t)day * m->options + option];
    if (c < 0) return -1;
    if (p->price) *charged += p->price[cell_of(p, day, c, state)];
    return p->next[cell_of(p, day, c, state)];
}

/* The list of the states of a day that can be reached: first how many, then the states in order. */
static inline int32_t *reached_on(const Automaton *p, int32_t *reached, int day) { return reached + p->layer[day] + day; }

/* Find the states of each day that an agent can reach, ready times left aside. */
static void reach(const Model *m, const Automaton *p, int agent, int first_state, const double *const *earned,
                  const int32_t *fixed, int32_t *reached, uint8_t *mark) {
    reached[0] = 1;
    reached[1] = first_state;
    for (int day = 0; day < p->days; day++) {
        const int32_t *here = reached_on(p, reached, day);
        int32_t *there = reached_on(p, reached, day + 1);
        there[0] = 0;
        if (here[0] == 1 && !is_open(fixed, day)) { /* one state and one choice: most days of a long horizon */
            double charged = 0.0; /* counted later */
            const int32_t after = leads_to(m, p, day, fixed[day], here[1], &charged);
            if (after >= 0) there[++there[0]] = after;
            continue;
        }
        uint8_t open[p->most_classes + 1];
        memset(open, 0, sizeof open);
        memset(mark, 0, (size_t)p->states[day + 1]);
        int n;
        const int32_t *option = options_of(m, agent, day, fixed, &n);
        for (int i = 0; i < n; i++) {
            const int c = p->class_of[(int64_t)day * m->options + option[i]];
            if (c >= 0 && earned[day][option[i]] != NEVER) open[c] = 1;
        }
        for (int c = 0; c < p->classes[day]; c++) {
            const int32_t *next = p->next + cell_of(p, day, c, 0);
            if (!open[c]) continue;
            for (int k = 1; k <= here[0]; k++)
                if (next[here[k]] >= 0) mark[next[here[k]]] = 1;
        }
        const int32_t *next_free = p->next_free + p->layer[day];
        if (may_be_free_on(m, agent, day, fixed))
            for (int k = 1; k <= here[0]; k++)
                if (next_free[here[k]] >= 0) mark[next_free[here[k]]] = 1;
        for (int s = 0; s < p->states[day + 1]; s++)
            if (mark[s]) there[++there[0]] = s;
    }
}

/* rest[day][state][ready]: the most that days from `day` on can net, for states that can be reached. A class starts at
 * few points of the axis, in headcount problems at one, and only those are visited. */
static void completion_bounds(const Model *m, const Automaton *p, int agent, int first_state, const double *const *earned,
                       const int32_t *fixed, double *rest) {
    const int axis = p->axis, classes = p->most_classes;
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    double *gain = rest + p->layer[p->days + 1] * axis;
    int32_t *reached = (int32_t *)(gain + (int64_t)classes * axis);
    reach(m, p, agent, first_state, earned, fixed, reached, (uint8_t *)reached_on(p, reached, p->days + 1));
    const int32_t *last = reached_on(p, reached, p->days);
    for (int k = 1; k <= last[0]; k++)
        for (int i = 0; i < axis; i++) rest[(p->layer[p->days] + last[k]) * axis + i] = 0.0;
    for (int day = p->days - 1; day >= 0; day--) {
        double *here = rest + p->layer[day] * axis;
        const double *there = rest + p->layer[day + 1] * axis;
        const int32_t *state = reached_on(p, reached, day) + 1;
        const int many = state[-1];
        int low[classes + 1], high[classes + 1];
        for (int i = 0; i < classes * axis; i++) gain[i] = NEVER;
        for (int c = 0; c < classes; c++) low[c] = axis, high[c] = -1;
        int n;
        const int32_t *option = options_of(m, agent, day, fixed, &n);
        for (int i = 0; i < n; i++) {
            int at;
            const double net = option_net(m, p, agent, day, option[i], earned[day], midnight[day], &at);
            if (net == NEVER) continue;
            const int c = p->class_of[(int64_t)day * m->options + option[i]];
            if (net > gain[c * axis + at]) gain[c * axis + at] = net;
            if (at < low[c]) low[c] = at;
            if (at > high[c]) high[c] = at;
        }
        const int day_length = (midnight[day + 1] - midnight[day]) / p->axis_step;
        const double free_price = price_of(m, agent, day, FREE);
        const int may_be_free = may_be_free_on(m, agent, day, fixed);
        for (int k = 0; k < many; k++)
            for (int i = 0; i < axis; i++) here[(int64_t)state[k] * axis + i] = NEVER;
        for (int c = 0; c < p->classes[day]; c++) {
            const int64_t from = cell_of(p, day, c, 0);
            const int shift = p->ready_after[day * classes + c] - day_length;
            for (int i = low[c]; i <= high[c] && i + shift < axis; i++) {
                const double net = gain[c * axis + i];
                if (net == NEVER) continue;
                const double *to = there + (i + shift < 0 ? 0 : i + shift);
                for (int k = 0; k < many; k++) {
                    const int s = state[k];
                    const int32_t after = p->next[from + s];
                    if (after < 0) continue;
                    const double later = to[(int64_t)after * axis];
                    if (later == NEVER) continue;
                    const double value = net - (p->price ? p->price[from + s] : 0.0) + later;
                    double *row = here + (int64_t)s * axis;
                    if (value > row[i]) row[i] = value;
                }
            }
        }
        for (int k = 0; k < many; k++) {
            const int s = state[k];
            double *row = here + (int64_t)s * axis;
            for (int i = axis - 2; i >= 0; i--)
                if (row[i + 1] > row[i]) row[i] = row[i + 1];
            const int32_t after_free = may_be_free ? p->next_free[p->layer[day] + s] : -1;
            if (after_free < 0) continue;
            const double less = free_price + (p->price_free ? p->price_free[p->layer[day] + s] : 0.0);
            const double *to = there + (int64_t)after_free * axis;
            for (int i = 0; i < axis; i++) {
                const double later = to[i < day_length ? 0 : i - day_length];
                if (later != NEVER && later - less > row[i]) row[i] = later - less;
            }
        }
    }
}

/* A transition: the state after the day, -1 where it is not allowed, when the agent is ready then, and the charge for
 * the automaton's limits. */
typedef struct {
    int32_t state, ready;
    double charged;
} Transition;

static inline Transition free_transition(const Model *m, const Automaton *p, int agent, int day, const int32_t *fixed, int state, int ready,
                             int day_length) {
    const int64_t cell = p->layer[day] + state;
    const int32_t after = may_be_free_on(m, agent, day, fixed) ? p->next_free[cell] : -1;
    return (Transition){after, ready < day_length ? 0 : ready - day_length, p->price_free ? p->price_free[cell] : 0.0};
}

static inline Transition work_transition(const Model *m, const Automaton *p, int day, int option, int begins, int state, int day_length) {
    const int c = p->class_of[(int64_t)day * m->options + option];
    const int64_t cell = cell_of(p, day, c, state);
    const int then = begins + p->ready_after[day * p->most_classes + c] - day_length;
    return (Transition){then >= p->axis ? -1 : p->next[cell], then < 0 ? 0 : then, p->price ? p->price[cell] : 0.0};
}

/* The best week of an agent and what it nets, for automata of few starts: `best_week` backwards. */
static double best_week_of_few(const Model *m, const Automaton *p, int agent, int first_state, int ready,
                               const double *const *earned, double *scratch, int32_t *chosen) {
    const int axis = p->axis;
    const int32_t *midnight = m->day_slot + (int64_t)m->zone[agent] * (m->days + 1);
    if (first_state < 0) return NEVER;
    completion_bounds(m, p, agent, first_state, earned, NULL, scratch);
    const double best = scratch[(int64_t)first_state * axis + ready_on_axis(p, midnight[0], ready)];
    if (best < ALMOST_NEVER) return NEVER;
    int state = first_state, at = ready_on_axis(p, midnight[0], ready);
    for (int day = 0; chosen && day < p->days; day++) {
        const int day_length = (midnight[day + 1] - midnight[day]) / p->axis_step;
        const double *there = scratch + p->layer[day + 1] * axis;
        double most = NEVER;
        Transition best_move = {-1, 0, 0.0};
        chosen[day] = FREE;
        const Transition off = free_transition(m, p, agent, day, NULL, state, at, day_length);
        const double later_off = off.state < 0 ? NEVER : there[(int64_t)off.state * axis + off.ready];
        if (later_off != NEVER) {
            most = later_off - price_of(m, agent, day, FREE) - off.charged;
            best_move = off;
        }
        const int32_t menu = m->menu[agent * m->days + day];
        for (int i = m->menu_from[menu]; i < m->menu_from[menu + 1]; i++) {
            const int option = m->menu_option[i];
            int begins;
            const double net = option_net(m, p, agent, day, option, earned[day], midnight[day], &begins);
            if (net == NEVER || begins < at) continue;
            const Transition move = work_transition(m, p, day, option, begins, state, day_length);
            const double later = move.state < 0 ? NEVER : there[(int64_t)move.state * axis + move.ready];
            if (later == NEVER || net - move.charged + later <= most) continue;
            most = net - move.charged + later;
            chosen[day] = option;
            best_move = move;
        }
        if (most == NEVER) return NEVER; /* cannot happen; the caller treats it as "no week" and says so */
        state = best_move.state;
        at = best_move.ready;
    }
    return best;
}

/* The best week in the direction that suits the automaton. */
static double best_week_of_automaton(const Model *m, const Automaton *p, int agent, int first_state, int ready,
                                const double *const *earned, double *scratch, int32_t *chosen) {
    return (p->few_starts ? best_week_of_few : best_week)(m, p, agent, first_state, ready, earned, scratch, chosen);
}

/* Best weeks of several agents. earned: [days] pointers per agent, laid out agent after agent.
 * value, chosen ([n * days]) are filled; scratch must fit the largest automaton. */
EXPORT void staffcurve_best_weeks(const Model *m, int n, const int32_t *agent, const Automaton *const *automaton,
                                  const int32_t *first_state, const int32_t *ready, const double *const *earned,
                                  double *scratch, double *value, int32_t *chosen) {
    for (int i = 0; i < n; i++)
        value[i] = best_week_of_automaton(m, automaton[i], agent[i], first_state[i], ready[i], earned + (int64_t)i * m->days, scratch,
                                     chosen ? chosen + (int64_t)i * m->days : NULL);
}
