/* The move that changes most: an agent is taken out of the roster and gets a whole week of work anew. */
#include "../model.h"

#define LONG_MENU 60          /* options of a day that a drawn week tries: with 12, or all, rosters came out dearer */
#define DIE_SIDES 65536       /* shares of the moves and of long menus are in parts of it: 16 random bits */

/* Cost of an agent's duties seen from a roster without the agent: own costs, breaks, staffing. */
static double cost_beside_rest(const State *s, int agent, const Choice *week, double own) {
    const Model *m = s->m;
    const Segments none = {{0}, {0}, 0};
    const double *add = s->add + (int64_t)m->group[agent] * m->slots;
    for (int day = 0; day < m->days; day++) {
        const Segments seg = worked(m, agent, day, &week[day]);
        own += week[day].lay + sum_outside(add, &seg, &none) + heads_change(s, agent, day, FREE, week[day].option);
    }
    return own;
}

/* By how much the dearest scenario is dearer than the average with a week of an agent who is out of the roster. */
static double dearest_with(State *s, int agent, const Choice *week) {
    for (int day = 0; day < s->m->days; day++)
        if (week[day].option != FREE) put(s, agent, day, &week[day]);
    const double dear = dearest(s);
    for (int day = 0; day < s->m->days; day++)
        if (week[day].option != FREE) put(s, agent, day, &FREE_DAY);
    return dear;
}

/* Take an agent out and give it its best week beside the rest, then accept or take the old one back.
 *
 * Above temperature 0 the week is drawn rather than chosen: every option's earnings get noise of that size,
 * and only some options of long menus are looked at. Options earn the worth of sums on top, which is 0 but while sums that
 * the automaton does not carry are being met. `always` takes the new week whatever it costs.
 * Scratch: slots + 1 running sums, days * options earnings, then the automaton's own. */
static int move_week(State *s, int agent, double temperature, int always) {
    const Model *m = s->m;
    const Segments none = {{0}, {0}, 0};
    int32_t chosen[MOST_DAYS];
    Choice old[MOST_DAYS], fresh[MOST_DAYS];
    const double *rows[MOST_DAYS];
    const double own_before = s->own[agent], violation_before = s->violation[agent], dear = dearest(s);
    for (int day = 0; day < m->days; day++) {
        old[day] = current(s, agent, day);
        if (old[day].option != FREE) put(s, agent, day, &FREE_DAY);
    }
    const double before = cost_beside_rest(s, agent, old, own_before);
    double *worth = s->scratch, *earned = worth + m->slots + 1, *rest = earned + (int64_t)m->days * m->options;
    worth_now(s, agent, &none, 0, m->slots, worth);
    for (int day = 0; day < m->days; day++) {
        double *to = earned + (int64_t)day * m->options;
        Abreast those = {0};
        rows[day] = to;
        const int32_t menu = m->menu[agent * m->days + day];
        const int size = m->menu_from[menu + 1] - m->menu_from[menu];
        const uint32_t looked_at =
            temperature > 0.0 && size > LONG_MENU ? (uint32_t)((double)LONG_MENU * DIE_SIDES / size) : DIE_SIDES;
        for (int i = m->menu_from[menu]; i < m->menu_from[menu + 1]; i++) {
            const int o = m->menu_option[i];
            to[o] = NEVER;
            if (o != old[day].option && (draw(s) >> 48) >= looked_at) continue;
            to[o] = s->sum_worth[(int64_t)day * m->options + o] - heads_change(s, agent, day, FREE, o);
            if (temperature > 0.0) to[o] += temperature * noise(s);
            const double *of_slots = worth + start_of(m, agent, day, o);
            lay_with_others(m, &those, o, layout_of(m, agent, day, o), m->length[o], of_slots, to);
        }
        if (those.count) lay_those(m, &those, to);
    }
    int changed = best_week_of_automaton(m, s->automaton[agent], agent, s->first_state[agent], s->ready[agent], rows, rest, chosen) != NEVER;
    for (int day = 0; changed && day < m->days; day++) {
        fresh[day] = FREE_DAY;
        if (chosen[day] != FREE && !lay_choice(s, agent, day, &none, chosen[day], &fresh[day])) changed = 0;
    }
    double own = own_before, violation = violation_before;
    if (changed) {
        own = own_cost(m, agent, chosen, &violation);
        double change = cost_beside_rest(s, agent, fresh, own) - before;
        if (s->scenarios) change += dearest_with(s, agent, fresh) - dear;
        changed = always || violation < violation_before ||
                  (violation == violation_before && (temperature > 0.0 ? accept(s, change, temperature) : change < IMPROVES));
        if (changed) s->drift += change;
    }
    for (int day = 0; day < m->days; day++) {
        const Choice *c = changed ? &fresh[day] : &old[day];
        if (c->option != FREE) put(s, agent, day, c);
    }
    s->own[agent] = changed ? own : own_before;
    s->violation[agent] = changed ? violation : violation_before;
    return changed;
}

EXPORT int staffcurve_improve_week(State *s, int agent, int always) { return move_week(s, agent, 0.0, always); }
