/* The roster of a state as a whole: filled, priced anew, made like another one, and what it costs. */
#include "../model.h"

/* Price every slot anew, and every agent; called when guide, truth or the roster were set from outside. */
EXPORT void staffcurve_refresh(State *s) {
    const Model *m = s->m;
    reallocate(s);
    for (int a = 0; a < m->agents; a++) {
        s->own[a] = own_cost(m, a, s->option + (int64_t)a * m->days, &s->violation[a]);
        count_totals(s, a);
    }
}

/* Fill the staffing of an empty state from its roster (history supply was put in by the caller). */
EXPORT void staffcurve_load(State *s) {
    const Model *m = s->m;
    for (int slot = 0; slot < m->slots; slot++) price_slot(s, slot);
    const Segments none = {{0}, {0}, 0};
    for (int a = 0; a < m->agents; a++)
        for (int day = 0; day < m->days; day++) {
            const Choice c = current(s, a, day);
            const Segments seg = worked(m, a, day, &c);
            change_slots(s, m->group[a], &seg, &none, 1);
            count_heads(s, a, day, c.option, 1);
            s->lay[(int64_t)a * m->days + day] =
                c.option == FREE ? 0.0 : layout_cost(&m->variant[c.order], m->length[c.option], c.at);
        }
    staffcurve_refresh(s);
}

EXPORT void staffcurve_add_supply(State *s, int slot, int group) { slot_add(s, slot, group); }

/* Make the roster what another one is, taking up only the days that differ. */
EXPORT void staffcurve_go_back(State *s, const int32_t *option, const int32_t *order, const int32_t *at) {
    const Model *m = s->m;
    for (int a = 0; a < m->agents; a++) {
        const int64_t row = (int64_t)a * m->days;
        int changed = 0;
        for (int day = 0; day < m->days; day++) {
            const int64_t i = row + day;
            const int32_t *here = s->at + i * MOST_BREAKS, *there = at + i * MOST_BREAKS;
            if (s->option[i] == FREE) continue;
            if (s->option[i] == option[i] && s->order[i] == order[i] && !memcmp(here, there, MOST_BREAKS * sizeof *at)) continue;
            put(s, a, day, &FREE_DAY); /* free the changed days first: two days may share slots */
            changed = 1;
        }
        for (int day = 0; day < m->days; day++) {
            const int64_t i = row + day;
            if (s->option[i] != FREE || option[i] == FREE) continue;
            Choice c = {option[i], order[i], {0}, 0.0};
            memcpy(c.at, at + i * MOST_BREAKS, sizeof c.at);
            c.lay = layout_cost(&m->variant[c.order], m->length[c.option], c.at);
            put(s, a, day, &c);
            changed = 1;
        }
        if (changed) s->own[a] = own_cost(m, a, s->option + row, &s->violation[a]);
    }
}

/* out: staffing cost of priced limits, of hard ones, own costs, priced breaks, excess of hard limits; all of them true.
 * While prices are eased, what agents cost is counted from nothing. */
EXPORT void staffcurve_cost(State *s, double *out) {
    const Model *m = s->full;
    out[0] = staffing_cost(s, &out[1]);
    out[0] += heads_cost(s, &out[1]);
    out[2] = out[3] = out[4] = 0.0;
    for (int a = 0; a < m->agents; a++) {
        double own = s->own[a], violation = s->violation[a];
        if (s->m != m) own = own_cost(m, a, s->option + (int64_t)a * m->days, &violation);
        out[2] += own;
        out[4] += violation;
        for (int day = 0; day < m->days; day++) out[3] += s->lay[(int64_t)a * m->days + day];
    }
}
