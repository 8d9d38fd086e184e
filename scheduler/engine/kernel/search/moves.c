/* Elementary moves on a legal roster, accepted by the rule of Metropolis and others (1953).
 *
 * A move changes the duties of one agent on one or two days (or trades a day between two agents). Its
 * staffing cost is exact: the duties of one agent never overlap, so every slot changes by at most one
 * agent and `add` and `drop` hold exactly what that costs. Hard limits never get worse. */
#include "../model.h"

enum { MOVE_BREAK, MOVE_START, MOVE_SHIFT, MOVE_DAY, MOVE_PAIR, MOVE_TRADE, MOVE_BLOCK, MOVE_DRAW, MOVE_WEEK };

/* More options make a move better and slower, longer trades change more and are accepted less often. Only the figures
 * given were measured. */
#define MOST_TRADED_DAYS 10   /* in a row, of two agents */
#define MOST_DRAWN 24         /* options that a drawn day tries */
#define MOST_START_STEPS 4    /* by which a start moves */
#define LAID_ANEW 4           /* 1 / probability that a start which could keep its layout gets new breaks */
#define DROPPED 4             /* 1 / probability that a day is dropped rather than moved to another day */
#define PAIR_TRIES 12         /* for a second option that keeps the paid minutes of both days together */

static int random_option(State *s, int agent, int day) {
    const Model *m = s->m;
    const int32_t menu = m->menu[agent * m->days + day];
    const int n = m->menu_from[menu + 1] - m->menu_from[menu];
    return n ? m->menu_option[m->menu_from[menu] + (int)below(s, (uint32_t)n)] : FREE;
}

/* An option for a day that was free: often like what the agent works on another day, else any. */
static int likely_option(State *s, int agent, int day) {
    const Model *m = s->m;
    if (draw(s) & 1) {
        const int like = s->option[(int64_t)agent * m->days + (int)below(s, (uint32_t)m->days)];
        if (like != FREE && on_menu(m, agent, day, like) && start_of(m, agent, day, like) >= 0) return like;
    }
    return random_option(s, agent, day);
}

static int move_break(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    Choice c = current(s, agent, day);
    if (c.option == FREE) return 0;
    const Variant *v = &m->variant[c.order];
    if (!v->breaks) return 0;
    const int j = (int)below(s, (uint32_t)v->breaks), length = m->length[c.option];
    const int cut = v->length[j];
    const int gap_most = v->gap_most < v->work_most ? v->gap_most : v->work_most;
    int low = v->first[j], high = v->last[j];
    if (j > 0) {
        const int since = c.at[j - 1] + v->length[j - 1];
        if (since + v->gap_least > low) low = since + v->gap_least;
        if (since + gap_most < high) high = since + gap_most;
    } else if (v->work_most < high) high = v->work_most;
    if (j + 1 < v->breaks) {
        if (c.at[j + 1] - cut - v->gap_least < high) high = c.at[j + 1] - cut - v->gap_least;
        if (c.at[j + 1] - cut - gap_most > low) low = c.at[j + 1] - cut - gap_most;
    } else {
        if (length - cut < high) high = length - cut;
        if (length - cut - v->work_most > low) low = length - cut - v->work_most;
    }
    const int step = v->step[j];
    low = v->first[j] + (low - v->first[j] + step - 1) / step * step; /* low >= first[j] here */
    if (high <= low) return 0;
    const int places = (high - low) / step; /* one fewer than positions: the present one is left out */
    if (places < 1) return 0;
    int p = low + (int)below(s, (uint32_t)places) * step;
    if (p >= c.at[j]) p += step;
    const int start = start_of(m, agent, day, c.option), old = c.at[j];
    const int64_t row = (int64_t)m->group[agent] * m->slots + start;
    const double *add = s->add + row, *drop = s->drop + row;
    double change = 0.0;
    for (int t = old; t < old + cut; t++)
        if (t < p || t >= p + cut) change += add[t];
    for (int t = p; t < p + cut; t++)
        if (t < old || t >= old + cut) change += drop[t];
    c.at[j] = p;
    if (is_priced(v)) {
        const double lay = layout_cost(v, length, c.at);
        change += lay - c.lay;
        c.lay = lay;
    }
    if (s->scenarios) {
        const Choice was = current(s, agent, day);
        const double dear = dearest(s);
        put(s, agent, day, &c);
        change += dearest(s) - dear;
        if (!accept(s, change, temperature)) {
            put(s, agent, day, &was);
            return 0;
        }
    } else {
        if (!accept(s, change, temperature)) return 0;
        put(s, agent, day, &c);
    }
    s->drift += change;
    return 1;
}

/* Shift the start within its family; breaks keep their place in the shift, or are laid anew. */
static int move_start(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    const Choice old = current(s, agent, day);
    if (old.option == FREE) return 0;
    int by = 1 + (int)below(s, MOST_START_STEPS);
    if (draw(s) & 1) by = -by;
    const int option = old.option + by;
    if (option < 0 || option >= m->options || m->family[option] != m->family[old.option]) return 0;
    if (!on_menu(m, agent, day, option)) return 0;
    Choice fresh = old;
    const int layout = layout_of(m, agent, day, option);
    if (layout == layout_of(m, agent, day, old.option) && draw(s) % LAID_ANEW) fresh.option = option;
    else {
        const Segments before = worked(m, agent, day, &old);
        if (!lay_choice(s, agent, day, &before, option, &fresh)) return 0;
    }
    return offer(s, agent, 1, &day, &fresh, temperature);
}

static int move_shift(State *s, int agent, int day, double temperature) {
    const Choice old = current(s, agent, day);
    if (old.option == FREE) return 0;
    const int option = random_option(s, agent, day);
    if (option == FREE) return 0;
    const Segments before = worked(s->m, agent, day, &old);
    Choice fresh;
    if (!lay_choice(s, agent, day, &before, option, &fresh)) return 0;
    return offer(s, agent, 1, &day, &fresh, temperature);
}

/* Add, drop or shift a day of work. */
static int move_day(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    const Segments none = {{0}, {0}, 0};
    const Choice old = current(s, agent, day);
    if (old.option == FREE) {
        const int option = likely_option(s, agent, day);
        Choice fresh;
        if (option == FREE || !lay_choice(s, agent, day, &none, option, &fresh)) return 0;
        return offer(s, agent, 1, &day, &fresh, temperature);
    }
    const int other = (int)below(s, (uint32_t)m->days);
    if (other == day || below(s, DROPPED) == 0) return offer(s, agent, 1, &day, &FREE_DAY, temperature);
    if (s->option[(int64_t)agent * m->days + other] != FREE) return 0;
    int option = old.option;
    if ((draw(s) & 1) || !on_menu(m, agent, other, option)) option = likely_option(s, agent, other);
    const int days[2] = {day, other};
    Choice fresh[2] = {FREE_DAY, FREE_DAY};
    if (option == FREE || !lay_choice(s, agent, other, &none, option, &fresh[1])) return 0;
    return offer(s, agent, 2, days, fresh, temperature);
}

/* Change two days at once, mostly so that the paid minutes of both together stay as they are. */
static int move_pair(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    const int other = (int)below(s, (uint32_t)m->days);
    const int64_t row = (int64_t)agent * m->days;
    if (other == day || s->option[row + day] == FREE || s->option[row + other] == FREE) return 0;
    const int paid = m->paid[s->option[row + day]] + m->paid[s->option[row + other]];
    const int one = random_option(s, agent, day);
    if (one == FREE) return 0;
    int two = FREE;
    for (int tries = 0; tries < PAIR_TRIES; tries++) {
        two = random_option(s, agent, other);
        if (two == FREE || m->paid[one] + m->paid[two] == paid) break;
    }
    if (two == FREE) return 0;
    const int days[2] = {day, other};
    Choice fresh[2];
    for (int i = 0; i < 2; i++) {
        const Choice old = current(s, agent, days[i]);
        const Segments before = worked(m, agent, days[i], &old);
        if (!lay_choice(s, agent, days[i], &before, i ? two : one, &fresh[i])) return 0;
    }
    return offer(s, agent, 2, days, fresh, temperature);
}

/* What two like agents work on a day changes hands; everything but `own` and `violation` is kept up to date. */
static void swap_day(State *s, int agent, int other, int day) {
    const int64_t i = (int64_t)agent * s->m->days + day, k = (int64_t)other * s->m->days + day;
    const Choice mine = current(s, agent, day), theirs = current(s, other, day);
    shift_totals(s, agent, day, theirs.option);
    shift_totals(s, other, day, mine.option);
    s->option[i] = theirs.option, s->order[i] = theirs.order, s->lay[i] = theirs.lay;
    s->option[k] = mine.option, s->order[k] = mine.order, s->lay[k] = mine.lay;
    memcpy(s->at + i * MOST_BREAKS, theirs.at, sizeof theirs.at);
    memcpy(s->at + k * MOST_BREAKS, mine.at, sizeof mine.at);
}

/* Two agents trade what they work on a day. The second change is priced after the first was made. */
static int move_trade(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    const int other = (int)below(s, (uint32_t)m->agents);
    if (other == agent) return 0;
    const Choice mine = current(s, agent, day), theirs = current(s, other, day);
    if (mine.option == theirs.option || m->zone[agent] != m->zone[other]) return 0;
    if (m->regime[agent * m->days + day] != m->regime[other * m->days + day]) return 0;
    if (mine.option != FREE && !on_menu(m, other, day, mine.option)) return 0;
    if (theirs.option != FREE && !on_menu(m, agent, day, theirs.option)) return 0;
    double broken_a = 0.0, broken_b = 0.0;
    const double own_a = day_change(s, agent, day, theirs.option, &broken_a);
    if (broken_a > 0.0) return 0;
    const double own_b = day_change(s, other, day, mine.option, &broken_b);
    if (broken_b > 0.0) return 0;
    double change = own_a + own_b;
    const int alike = m->group[agent] == m->group[other] && (!m->heads || m->agent_heads[agent] == m->agent_heads[other]);
    if (alike && !accept(s, change, temperature)) return 0;
    if (!alike) {
        const Segments a = worked(m, agent, day, &mine), b = worked(m, other, day, &theirs);
        const double dear = dearest(s);
        change += staffing_change(s, agent, &a, &b) + heads_change(s, agent, day, mine.option, theirs.option);
        put(s, agent, day, &theirs);
        change += staffing_change(s, other, &b, &a) + heads_change(s, other, day, theirs.option, mine.option);
        put(s, other, day, &mine);
        change += dearest(s) - dear;
        if (!accept(s, change, temperature)) {
            put(s, other, day, &theirs);
            put(s, agent, day, &mine);
            return 0;
        }
    } else swap_day(s, agent, other, day);
    s->own[agent] += own_a, s->violation[agent] += broken_a;
    s->own[other] += own_b, s->violation[other] += broken_b;
    s->drift += change;
    return 1;
}

/* Two agents who count alike trade several days in a row: nobody is missed, only rules and wishes change. */
static int move_block(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    const int other = (int)below(s, (uint32_t)m->agents);
    const int length = 2 + (int)below(s, MOST_TRADED_DAYS - 1);
    const int end = day + length < m->days ? day + length : m->days;
    if (other == agent || m->group[agent] != m->group[other] || m->zone[agent] != m->zone[other]) return 0;
    if (m->heads && m->agent_heads[agent] != m->agent_heads[other]) return 0;
    double change = 0.0, own[2] = {0.0, 0.0}, broken[2] = {0.0, 0.0};
    int swapped[MOST_TRADED_DAYS], n = 0;
    for (int d = day; d < end; d++) {
        const int32_t mine = s->option[(int64_t)agent * m->days + d], theirs = s->option[(int64_t)other * m->days + d];
        if (mine == theirs) continue;
        if (m->regime[agent * m->days + d] != m->regime[other * m->days + d] ||
            (mine != FREE && !on_menu(m, other, d, mine)) || (theirs != FREE && !on_menu(m, agent, d, theirs))) {
            while (n) swap_day(s, agent, other, swapped[--n]);
            return 0;
        }
        own[0] += day_change(s, agent, d, theirs, &broken[0]);
        own[1] += day_change(s, other, d, mine, &broken[1]);
        swap_day(s, agent, other, d);
        swapped[n++] = d;
    }
    change = own[0] + own[1];
    if (!n || broken[0] > 0.0 || broken[1] > 0.0 || !accept(s, change, temperature)) {
        while (n) swap_day(s, agent, other, swapped[--n]);
        return 0;
    }
    s->own[agent] += own[0], s->violation[agent] += broken[0];
    s->own[other] += own[1], s->violation[other] += broken[1];
    s->drift += change;
    return 1;
}

/* Take one day out and draw it again among the options of the menu, by their exact cost with noise. */
static int move_draw(State *s, int agent, int day, double temperature) {
    const Model *m = s->m;
    const Choice old = current(s, agent, day);
    if (old.option == FREE) return 0;
    const Segments before = worked(m, agent, day, &old);
    const int32_t menu = m->menu[agent * m->days + day];
    const int from = m->menu_from[menu], n = m->menu_from[menu + 1] - from;
    const int tries = n < MOST_DRAWN ? n : MOST_DRAWN;
    int from_slot = m->slots, to_slot = 0;
    int sample[MOST_DRAWN];
    for (int i = 0; i < tries; i++) {
        const int o = m->menu_option[from + (n <= MOST_DRAWN ? i : (int)below(s, (uint32_t)n))];
        const int start = start_of(m, agent, day, o);
        int place = i; /* in order of their numbers, so that those of one length follow one another */
        for (; place && sample[place - 1] > o; place--) sample[place] = sample[place - 1];
        sample[place] = o;
        if (start < from_slot) from_slot = start;
        if (start + m->length[o] > to_slot) to_slot = start + m->length[o];
    }
    if (from_slot < 0 || to_slot <= from_slot || to_slot - from_slot + 1 > s->scratch_size) return 0;
    double *worth = s->scratch, earned[MOST_DRAWN];
    worth_now(s, agent, &before, from_slot, to_slot, worth);
    Abreast those = {0};
    for (int i = 0; i < tries; i++) {
        const int o = sample[i];
        earned[i] = -m->pay[agent] * m->paid[o] - price_of(m, agent, day, o);
        earned[i] -= heads_change(s, agent, day, old.option, o);
        earned[i] += temperature * noise(s);
        const double *of_slots = worth + (start_of(m, agent, day, o) - from_slot);
        lay_with_others(m, &those, i, layout_of(m, agent, day, o), m->length[o], of_slots, earned);
    }
    if (those.count) lay_those(m, &those, earned);
    int best = 0;
    for (int i = 1; i < tries; i++)
        if (earned[i] > earned[best]) best = i;
    Choice chosen;
    if (!tries || earned[best] == NEVER || !lay_choice(s, agent, day, &before, sample[best], &chosen)) return 0;
    return offer(s, agent, 1, &day, &chosen, temperature);
}

/* `n` moves at one temperature, of any agent or of the `few` listed, on any day or on the `few_days` listed. share[]
 * holds cumulative shares of the moves, in parts of DIE_SIDES. */
EXPORT int64_t staffcurve_moves(State *s, int64_t n, double temperature, const int32_t *share, const int32_t *listed,
                                int few, const int32_t *listed_days, int few_days) {
    const Model *m = s->m;
    int64_t taken = 0;
    for (int64_t i = 0; i < n; i++) {
        const int agent = few ? listed[below(s, (uint32_t)few)] : (int)below(s, (uint32_t)m->agents);
        const int day = few_days ? listed_days[below(s, (uint32_t)few_days)] : (int)below(s, (uint32_t)m->days);
        const int32_t die = (int32_t)(draw(s) >> 48);
        int move = 0;
        while (move < MOVE_WEEK && die >= share[move]) move++;
        int ok;
        switch (move) {
        case MOVE_BREAK: ok = move_break(s, agent, day, temperature); break;
        case MOVE_START: ok = move_start(s, agent, day, temperature); break;
        case MOVE_SHIFT: ok = move_shift(s, agent, day, temperature); break;
        case MOVE_DAY: ok = move_day(s, agent, day, temperature); break;
        case MOVE_PAIR: ok = move_pair(s, agent, day, temperature); break;
        case MOVE_TRADE: ok = move_trade(s, agent, day, temperature); break;
        case MOVE_BLOCK: ok = move_block(s, agent, day, temperature); break;
        case MOVE_DRAW: ok = move_draw(s, agent, day, temperature); break;
        default: ok = move_week(s, agent, temperature, 0);
        }
        s->tried[move]++;
        s->taken[move] += ok;
        taken += ok;
    }
    return taken;
}
