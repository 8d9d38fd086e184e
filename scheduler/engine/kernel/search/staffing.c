/* Staffing of one slot: agents of several skills allocated at least cost, kept optimal unit by unit.
 *
 * The cost of a slot is a sum over skills of convex functions of the number allocated. Adding or removing
 * one agent is one shortest augmenting path in a graph with a node per skill: an edge k -> l exists when
 * some agent allocated to k also has l. Only the skill where the path ends changes its number, so the
 * marginal cost of one agent more is the least marginal over the skills that can be reached. */
#include "../model.h"

/* What the agent after `count` is worth to the goal of a slot, if it has one. */
static double gain_of(const State *s, int skill, int slot, int count) {
    const Model *m = s->m;
    const int64_t at = (int64_t)skill * m->slots + slot;
    const int goal = m->goal_of[at], step = count + 1 - m->gain_first[at];
    return goal < 0 || step < 0 || step >= m->gain_count[at] ? 0.0 : s->goal_worth[goal] * m->gain[m->gain_from[at] + step];
}

static inline double marginal(const State *s, int skill, int slot, int count) {
    const Model *m = s->m;
    double soft = 0.0, hard = 0.0;
    if (m->goals) soft = -gain_of(s, skill, slot, count);
    for (int p = 0; p < m->breakpoints; p++) {
        if (m->breakpoint_skill[p] != skill) continue;
        const int over = count >= s->breakpoint_at[(int64_t)p * m->slots + slot];
        double price = 0.0;
        if (m->breakpoint_over[p]) {
            if (over) price = m->breakpoint_price[p];
        } else if (!over) {
            price = -m->breakpoint_price[p];
        }
        if (m->breakpoint_hard[p]) hard += price;
        else soft += price;
    }
    return s->truth * soft + hard - (1.0 - s->truth) * s->guide[(int64_t)skill * m->slots + slot];
}

static inline double cap_marginal(const State *s, int slot, int group, int removed) {
    const Model *m = s->m;
    double cost = 0.0;
    for (uint32_t rest = m->group_caps[group]; rest; rest &= rest - 1) {
        const int c = __builtin_ctz(rest);
        const int present = s->present[(int64_t)slot * m->caps + c] - removed;
        const double price = m->cap_price[c] * (m->cap_hard[c] ? 1.0 : s->truth);
        const int is_reached = present >= m->cap_at[(int64_t)c * m->slots + slot];
        if (m->cap_floor[c]) cost -= is_reached ? 0.0 : price;
        else cost += is_reached ? price : 0.0;
    }
    return cost;
}

/* reach[k]: skills where one unit taken up by k can end, moving others along. */
static void reachable(const State *s, int slot, uint32_t *reach) {
    const Model *m = s->m;
    const int32_t *allocated = s->allocated + (int64_t)slot * m->groups * m->skills;
    for (int k = 0; k < m->skills; k++) {
        reach[k] = 1u << k;
        for (int g = 0; g < m->groups; g++)
            if (allocated[g * m->skills + k] > 0) reach[k] |= m->group_skills[g];
    }
    if (m->skills < 3) return;
    for (int middle = 0; middle < m->skills; middle++)
        for (int k = 0; k < m->skills; k++)
            if (reach[k] >> middle & 1u) reach[k] |= reach[middle];
}

static void price_slot(State *s, int slot) {
    const Model *m = s->m;
    const int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
    const int32_t *allocated = s->allocated + (int64_t)slot * m->groups * m->skills;
    double up[MOST_SKILLS], down[MOST_SKILLS];
    for (int k = 0; k < m->skills; k++) {
        up[k] = marginal(s, k, slot, staffed[k]);
        down[k] = staffed[k] > 0 ? -marginal(s, k, slot, staffed[k] - 1) : 0.0;
    }
    uint32_t reach[MOST_SKILLS];
    if (m->skills > 1) reachable(s, slot, reach);
    else reach[0] = 1u;
    for (int g = 0; g < m->groups; g++) {
        uint32_t ends = 0;
        for (uint32_t rest = m->group_skills[g]; rest; rest &= rest - 1) ends |= reach[__builtin_ctz(rest)];
        const int serves = m->group_skills[g] != 0; /* who serves nothing is counted by heads and caps alone */
        double best = serves ? DBL_MAX : 0.0;
        for (uint32_t rest = ends; rest; rest &= rest - 1) {
            const int k = __builtin_ctz(rest);
            if (up[k] < best) best = up[k];
        }
        double cheapest = serves ? DBL_MAX : 0.0;
        for (int k = 0; k < m->skills; k++) {
            if (staffed[k] <= 0) continue;
            /* a unit leaves k, others move so that some place of group g is vacated */
            for (uint32_t rest = reach[k]; rest; rest &= rest - 1)
                if (allocated[g * m->skills + __builtin_ctz(rest)] > 0) {
                    if (down[k] < cheapest) cheapest = down[k];
                    break;
                }
        }
        s->add[(int64_t)g * m->slots + slot] = best + cap_marginal(s, slot, g, 0);
        s->drop[(int64_t)g * m->slots + slot] =
            cheapest == DBL_MAX ? 0.0 : cheapest - cap_marginal(s, slot, g, 1);
    }
}

/* Move units along a chain of skills from `here` to `there`; the caller keeps `staffed` of both ends. */
static void move_along(State *s, int slot, int here, int there) {
    const Model *m = s->m;
    if (here == there) return;
    int32_t *allocated = s->allocated + (int64_t)slot * m->groups * m->skills;
    int8_t parent[MOST_SKILLS], via[MOST_SKILLS], queue[MOST_SKILLS];
    uint32_t seen = 1u << here;
    int head = 0, tail = 0;
    queue[tail++] = (int8_t)here;
    while (head < tail && !(seen >> there & 1u)) {
        const int k = queue[head++];
        for (int g = 0; g < m->groups; g++) {
            if (allocated[g * m->skills + k] <= 0) continue;
            for (uint32_t rest = m->group_skills[g] & ~seen; rest; rest &= rest - 1) {
                const int l = __builtin_ctz(rest);
                seen |= 1u << l;
                parent[l] = (int8_t)k;
                via[l] = (int8_t)g;
                queue[tail++] = (int8_t)l;
            }
        }
    }
    for (int l = there; l != here; l = parent[l]) {
        allocated[via[l] * m->skills + parent[l]]--;
        allocated[via[l] * m->skills + l]++;
    }
}

/* Take what scenarios cost in one slot beyond the average into their sums, or out of them. */
static void count_scenarios(State *s, int slot, double sign) {
    const Model *m = s->m;
    const int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
    double average = 0.0;
    for (int p = 0; p < m->breakpoints; p++) {
        const int have = staffed[m->breakpoint_skill[p]], at = s->breakpoint_at[(int64_t)p * m->slots + slot];
        const int beyond = m->breakpoint_over[p] ? have - at : at - have;
        if (beyond > 0 && !m->breakpoint_hard[p]) average += m->breakpoint_price[p] * beyond;
    }
    for (int j = 0; j < s->scenarios; j++) s->beyond_average[j] -= sign * average;
    for (int p = 0; p < s->charges; p++) {
        const int have = staffed[s->charge_skill[p]], at = s->charge_at[(int64_t)p * m->slots + slot];
        const int beyond = s->charge_over[p] ? have - at : at - have;
        if (beyond > 0) s->beyond_average[s->charge_scenario[p]] += sign * s->charge_price[p] * beyond;
    }
}

/* By how much the dearest scenario is dearer than the average; 0 where the average leads the search. */
static inline double dearest(const State *s) {
    double most = s->scenarios ? s->beyond_average[0] : 0.0;
    for (int j = 1; j < s->scenarios; j++)
        if (s->beyond_average[j] > most) most = s->beyond_average[j];
    return most;
}

static void slot_add(State *s, int slot, int group) {
    const Model *m = s->m;
    int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
    int32_t *allocated = s->allocated + (int64_t)slot * m->groups * m->skills;
    if (s->scenarios) count_scenarios(s, slot, -1.0);
    for (uint32_t rest = m->group_caps[group]; rest; rest &= rest - 1)
        s->present[(int64_t)slot * m->caps + __builtin_ctz(rest)]++;
    if (m->skills == 1 && m->group_skills[group]) {
        staffed[0]++;
        allocated[group]++;
    } else if (m->group_skills[group]) {
        uint32_t reach[MOST_SKILLS];
        reachable(s, slot, reach);
        int first = -1, last = -1;
        double best = DBL_MAX;
        for (uint32_t mine = m->group_skills[group]; mine; mine &= mine - 1) {
            const int k = __builtin_ctz(mine);
            for (uint32_t rest = reach[k]; rest; rest &= rest - 1) {
                const int l = __builtin_ctz(rest);
                const double cost = marginal(s, l, slot, staffed[l]);
                if (cost < best || (cost == best && l == k && first != last)) {
                    best = cost;
                    first = k;
                    last = l;
                }
            }
        }
        move_along(s, slot, first, last);
        allocated[group * m->skills + first]++;
        staffed[last]++;
    }
    if (s->scenarios) count_scenarios(s, slot, 1.0);
    price_slot(s, slot);
}

static void slot_drop(State *s, int slot, int group) {
    const Model *m = s->m;
    int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
    int32_t *allocated = s->allocated + (int64_t)slot * m->groups * m->skills;
    if (s->scenarios) count_scenarios(s, slot, -1.0);
    for (uint32_t rest = m->group_caps[group]; rest; rest &= rest - 1)
        s->present[(int64_t)slot * m->caps + __builtin_ctz(rest)]--;
    if (m->skills == 1 && m->group_skills[group]) {
        staffed[0]--;
        allocated[group]--;
    } else if (m->group_skills[group]) {
        uint32_t reach[MOST_SKILLS];
        reachable(s, slot, reach);
        int leaves = -1, vacated = -1;
        double best = DBL_MAX;
        for (int l = 0; l < m->skills; l++) {
            if (staffed[l] <= 0) continue;
            const double cost = -marginal(s, l, slot, staffed[l] - 1);
            for (uint32_t rest = reach[l]; rest; rest &= rest - 1) {
                const int k = __builtin_ctz(rest);
                if (allocated[group * m->skills + k] <= 0) continue;
                if (cost < best || (cost == best && l == k && leaves != vacated)) {
                    best = cost;
                    leaves = l;
                    vacated = k;
                }
            }
        }
        /* skill `leaves` loses one; a chain of moves fills it up to the place that the agent vacates */
        move_along(s, slot, leaves, vacated);
        allocated[group * m->skills + vacated]--;
        staffed[leaves]--;
    }
    if (s->scenarios) count_scenarios(s, slot, 1.0);
    price_slot(s, slot);
}

#define MOST_UNITS_MOVED 100000 /* each makes the slot cheaper; the limit guards against cycling by rounding */

/* Allocate a slot anew where moving a unit pays at the present prices; its `add` and `drop` are not worked out. */
static void settle_slot(State *s, int slot) {
    const Model *m = s->m;
    int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
    for (int guard = 0; m->skills > 1 && guard < MOST_UNITS_MOVED; guard++) {
        uint32_t reach[MOST_SKILLS];
        reachable(s, slot, reach);
        double best = IMPROVES;
        int here = -1, there = -1;
        for (int k = 0; k < m->skills; k++) {
            if (staffed[k] <= 0) continue;
            const double gain = -marginal(s, k, slot, staffed[k] - 1);
            for (uint32_t rest = reach[k] & ~(1u << k); rest; rest &= rest - 1) {
                const int l = __builtin_ctz(rest);
                const double change = gain + marginal(s, l, slot, staffed[l]);
                if (change < best) {
                    best = change;
                    here = k;
                    there = l;
                }
            }
        }
        if (here < 0) break;
        move_along(s, slot, here, there);
        staffed[here]--;
        staffed[there]++;
    }
}

/* Allocate every slot anew; needed when `truth` or `guide` changed. */
static void reallocate(State *s) {
    for (int j = 0; j < s->scenarios; j++) s->beyond_average[j] = 0.0;
    for (int slot = 0; slot < s->m->slots; slot++) {
        settle_slot(s, slot);
        if (s->scenarios) count_scenarios(s, slot, 1.0);
        price_slot(s, slot);
    }
}

/* Breakpoints and caps of one slot at full price, with the units where they are. */
static double slot_cost(const State *s, int slot, double *hard) {
    const Model *m = s->m;
    double soft = 0.0;
    for (int p = 0; p < m->breakpoints; p++) {
        const int have = s->staffed[(int64_t)slot * m->skills + m->breakpoint_skill[p]];
        const int at = s->breakpoint_at[(int64_t)p * m->slots + slot];
        const int beyond = m->breakpoint_over[p] ? have - at : at - have;
        if (beyond > 0) *(m->breakpoint_hard[p] ? hard : &soft) += m->breakpoint_price[p] * beyond;
    }
    for (int c = 0; c < m->caps; c++) {
        const int over = s->present[(int64_t)slot * m->caps + c] - m->cap_at[(int64_t)c * m->slots + slot];
        const int beyond = m->cap_floor[c] ? -over : over;
        if (beyond > 0) *(m->cap_hard[c] ? hard : &soft) += m->cap_price[c] * beyond;
    }
    return soft;
}

/* True staffing cost of the slots. While a guide leads the search, units stand where blended prices want
 * them, which true prices may not; then each slot is settled at true prices for the count, and put back. */
static double staffing_cost(State *s, double *hard) {
    const Model *m = s->m;
    const double truth = s->truth;
    const size_t staffed_size = (size_t)m->skills * sizeof(int32_t), allocated_size = m->groups * staffed_size;
    char *kept = (char *)s->scratch;
    double soft = 0.0;
    *hard = 0.0;
    if (truth >= 1.0 || m->skills < 2) {
        for (int slot = 0; slot < m->slots; slot++) soft += slot_cost(s, slot, hard);
        return soft;
    }
    s->truth = 1.0;
    for (int slot = 0; slot < m->slots; slot++) {
        int32_t *staffed = s->staffed + (int64_t)slot * m->skills;
        int32_t *allocated = s->allocated + (int64_t)slot * m->groups * m->skills;
        memcpy(kept, staffed, staffed_size);
        memcpy(kept + staffed_size, allocated, allocated_size);
        settle_slot(s, slot);
        soft += slot_cost(s, slot, hard);
        memcpy(staffed, kept, staffed_size);
        memcpy(allocated, kept + staffed_size, allocated_size);
    }
    s->truth = truth;
    return soft;
}
