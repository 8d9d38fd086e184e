/* Deferred work of one skill, placed at least cost beside a roster.
 *
 * A number of portions by open interval keeps all deadlines if its running sum lies between what is due and what
 * has arrived. Such numbers are the bases of an integral polymatroid, and what an interval costs is convex in its
 * number. So a place is cheapest if no single portion is better off elsewhere (Murota 2003, theorem 6.26): portions
 * are moved one by one until none gains. */

/* What a slot costs as the search sees it: true prices and those of the guide, blended. */
static double softened_slot(const State *s, int slot) {
    const Model *m = s->m;
    const int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
    double hard = 0.0;
    const double soft = slot_cost(s, slot, &hard);
    double guided = 0.0;
    if (s->truth < 1.0)
        for (int k = 0; k < m->skills; k++) guided += s->guide[(int64_t)k * m->slots + slot] * staffed[k];
    return s->truth * soft + hard - (1.0 - s->truth) * guided;
}

/* So many portions more in an interval: what that changes. The agents are allocated anew. */
static double place_more(State *s, const Deferred *d, int interval, int more) {
    const Model *m = s->m;
    double change = 0.0;
    for (int slot = d->first_slot[interval]; slot < d->first_slot[interval] + d->width; slot++) {
        change -= softened_slot(s, slot);
        for (int p = 0; p < m->breakpoints; p++)
            if (d->moves[p]) s->breakpoint_at[(int64_t)p * m->slots + slot] += more;
        settle_slot(s, slot);
        change += softened_slot(s, slot);
        if (s->truth < 1.0) { /* by the guide alone, work goes where staff is cheap */
            double worth = s->guide[(int64_t)d->skill * m->slots + slot];
            if (worth > d->missing) worth = d->missing;
            if (worth < -d->superfluous) worth = -d->superfluous;
            change += (1.0 - s->truth) * worth * more;
        }
    }
    return change;
}

static void look_beside(State *s, const Deferred *d, int interval) {
    d->up[interval] = place_more(s, d, interval, 1);
    place_more(s, d, interval, -1);
    d->down[interval] = DBL_MAX;
    if (d->placed[interval] > 0) {
        d->down[interval] = place_more(s, d, interval, -1);
        place_more(s, d, interval, 1);
    }
}

/* Where a portion of an interval is best off, or -1 if it gains nowhere. */
static int better_place(const Deferred *d, int here) {
    double best = IMPROVES;
    int there = -1;
    for (int to = here + 1; to < d->intervals && d->done[to - 1] > d->due[to - 1]; to++)
        if (d->down[here] + d->up[to] < best) {
            best = d->down[here] + d->up[to];
            there = to;
        }
    for (int to = here - 1; to >= 0 && d->done[to] < d->arrived[to]; to--)
        if (d->down[here] + d->up[to] < best) {
            best = d->down[here] + d->up[to];
            there = to;
        }
    return there;
}

#define MOST_PORTIONS_MOVED 1000000 /* each makes the roster cheaper; the limit guards against cycling by rounding */

EXPORT void staffcurve_place(State *s, const Deferred *d) {
    int32_t done = 0;
    for (int i = 0; i < d->intervals; i++) {
        d->done[i] = done += d->placed[i];
        look_beside(s, d, i);
    }
    int moved = 1, guard = 0;
    while (moved) {
        moved = 0;
        for (int here = 0; here < d->intervals; here++) {
            while (d->placed[here] > 0 && guard++ < MOST_PORTIONS_MOVED) {
                const int there = better_place(d, here);
                if (there < 0) break;
                place_more(s, d, here, -1);
                place_more(s, d, there, 1);
                d->placed[here]--;
                d->placed[there]++;
                for (int i = here; i < there; i++) d->done[i]--;
                for (int i = there; i < here; i++) d->done[i]++;
                look_beside(s, d, here);
                look_beside(s, d, there);
                moved = 1;
            }
        }
    }
    for (int i = 0; i < d->intervals; i++)
        for (int slot = d->first_slot[i]; slot < d->first_slot[i] + d->width; slot++) price_slot(s, slot);
}
