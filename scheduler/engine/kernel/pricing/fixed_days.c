/* The automaton of one agent with most days fixed: small, and with sums that the automaton of the whole week leaves out.
 *
 * Over a year the weekends worked so far and the shifts of every template are too many states for an automaton. Where all but
 * a few weeks are fixed, what is left of each sum is a small number, and mostly more than the open days can use up. So the product of
 * the whole automaton with the sums is built forwards from the start, over states that can be reached; a sum that can no
 * longer be broken is dropped from the state, and after the last open day one path is left. */
#include "../model.h"
#include <stdlib.h>

typedef struct {
    const Model *m;
    const Automaton *p;
    int agent, last_open;
    const int32_t *fixed;
    int sums;
    Sum *sum;
    int32_t most_states;
    /* the days up to the last open one: states with their values, transitions by class and state, those of free days */
    int64_t states, room;
    int32_t *value; /* [room * (sums + 1)] */
    int64_t *first; /* [days + 2] where the states of each day begin */
    int32_t *next[MOST_DAYS], *next_free[MOST_DAYS];
    double *price[MOST_DAYS], *price_free[MOST_DAYS];
    /* of all days */
    int32_t classes[MOST_DAYS];
    int32_t *class_of; /* [days * options] class of an option, or -1 */
    int32_t *sample;   /* [days * options] an option of each class */
    int32_t *slot;     /* hash table of the states of a day */
    int64_t slots;
    /* of states after the last open day: whether what is fixed leads to the end (1, or -1), and what it is charged */
    int8_t *tail;
    double *tail_price;
} DayFixing;

/* The value after an option; 0 where the sum cannot be met then. */
static int after_option(const DayFixing *w, const Sum *sum, int day, int32_t option, int32_t *value, double *charged) {
    if (*value == SETTLED && sum->charge == 0.0) return 1;
    int32_t counts = *value & 1;
    const int32_t more = added(sum, day, amount_of(w->m, w->agent, sum->column, day, option), &counts);
    if (is_open(w->fixed, day)) *charged += sum->charge * more;
    *value = *value <= SETTLED + 1 ? SETTLED + counts : 2 * ((*value >> 1) + more) + counts;
    return told_apart(sum, day + 1, value);
}

/* The number, among those of its day, of a state with its values; -1 where there are too many or no memory. */
static int32_t intern_state(DayFixing *w, int day, const int32_t *value) {
    const int width = w->sums + 1;
    uint64_t hash = 1469598103934665603u;
    for (int i = 0; i < width; i++) hash = (hash ^ (uint32_t)value[i]) * 1099511628211u;
    hash ^= hash >> 29;
    const int64_t first = w->first[day];
    for (int64_t at = (int64_t)(hash & (uint64_t)(w->slots - 1));; at = (at + 1) & (w->slots - 1)) {
        if (w->slot[at] >= 0) {
            if (!memcmp(w->value + (first + w->slot[at]) * width, value, (size_t)width * sizeof *value)) return w->slot[at];
            continue;
        }
        if (w->states - first >= w->most_states) return -1;
        if (w->states == w->room) {
            const int64_t room = 2 * w->room + 1024;
            int32_t *more = realloc(w->value, (size_t)(room * width) * sizeof *more);
            if (!more) return -1;
            w->value = more;
            w->room = room;
        }
        memcpy(w->value + w->states * width, value, (size_t)width * sizeof *value);
        w->slot[at] = (int32_t)(w->states++ - first);
        return w->slot[at];
    }
}

/* Whether what is fixed after the last open day leads from a state to the end, and what it is charged there. */
static int leads_to_the_end(DayFixing *w, int32_t state) {
    if (w->tail[state]) return w->tail[state] > 0;
    double charged = 0.0;
    int32_t s = state;
    for (int day = w->last_open + 1; day < w->p->days && s >= 0; day++)
        s = leads_to(w->m, w->p, day, w->fixed[day], s, &charged);
    w->tail[state] = s >= 0 ? 1 : -1;
    w->tail_price[state] = charged;
    return s >= 0;
}

/* The transition from a state with its values to the next day: the number of the state there, -1 if no week is left, -2
 * if there are too many states. The last open day is charged for the fixed days after it as well. */
static int32_t transition_to(DayFixing *w, int day, int32_t option, const int32_t *value, double *price) {
    int32_t after[MOST_SUMS + 1];
    after[0] = leads_to(w->m, w->p, day, option, value[0], price);
    if (after[0] < 0) return -1;
    for (int i = 0; i < w->sums; i++) {
        after[i + 1] = value[i + 1];
        if (!after_option(w, &w->sum[i], day, option, &after[i + 1], price)) return -1;
    }
    if (day == w->last_open) {
        if (!leads_to_the_end(w, after[0])) return -1;
        *price += w->tail_price[after[0]];
        return 0;
    }
    const int32_t number = intern_state(w, day + 1, after);
    return number < 0 ? -2 : number;
}

/* Whether one class of the whole automaton holds two options, and all sums say the same of them. */
static int are_alike(const DayFixing *w, int day, int32_t one, int32_t other) {
    const int32_t *class_of = w->p->class_of + (int64_t)day * w->m->options;
    int same = class_of[one] == class_of[other];
    for (int i = 0; same && i < w->sums; i++) {
        const int column = w->sum[i].column;
        same = amount_of(w->m, w->agent, column, day, one) == amount_of(w->m, w->agent, column, day, other);
    }
    return same;
}

/* Sort the options of all days into classes of those that are alike. */
static void sort_options(DayFixing *w) {
    for (int day = 0; day < w->p->days; day++) {
        const int64_t from = (int64_t)day * w->m->options;
        int32_t *class_of = w->class_of + from, *sample = w->sample + from;
        for (int option = 0; option < w->m->options; option++) class_of[option] = -1;
        int n;
        const int32_t *option = options_of(w->m, w->agent, day, w->fixed, &n);
        for (int i = 0; i < n; i++) {
            if (w->p->class_of[from + option[i]] < 0) continue;
            int c = 0;
            while (c < w->classes[day] && !are_alike(w, day, sample[c], option[i])) c++;
            if (c == w->classes[day]) sample[w->classes[day]++] = option[i];
            class_of[option[i]] = c;
        }
    }
}

/* All transitions of one day; 0 where there are too many states or no memory. */
static int expand_day(DayFixing *w, int day) {
    const int width = w->sums + 1, classes = w->classes[day];
    const int64_t states = w->first[day + 1] - w->first[day];
    const size_t transitions = (size_t)(classes * states + 1);
    w->next[day] = malloc(transitions * sizeof *w->next[day]);
    w->price[day] = calloc(transitions, sizeof *w->price[day]);
    w->next_free[day] = malloc((size_t)(states + 1) * sizeof *w->next_free[day]);
    w->price_free[day] = calloc((size_t)states + 1, sizeof *w->price_free[day]);
    if (!w->next[day] || !w->price[day] || !w->next_free[day] || !w->price_free[day]) return 0;
    memset(w->slot, 0xff, (size_t)w->slots * sizeof *w->slot);
    const int may_be_free = may_be_free_on(w->m, w->agent, day, w->fixed);
    const int32_t *sample = w->sample + (int64_t)day * w->m->options;
    int32_t value[MOST_SUMS + 1];
    for (int64_t s = 0; s < states; s++) {
        memcpy(value, w->value + (w->first[day] + s) * width, (size_t)width * sizeof *value);
        int32_t *off = &w->next_free[day][s];
        *off = may_be_free ? transition_to(w, day, FREE, value, &w->price_free[day][s]) : -1;
        if (*off < -1) return 0;
        for (int c = 0; c < classes; c++) {
            int32_t *to = &w->next[day][c * states + s];
            *to = transition_to(w, day, sample[c], value, &w->price[day][c * states + s]);
            if (*to < -1) return 0;
        }
    }
    return 1;
}

/* Renumber the states from which some path leads to the end; returns how many by day, and -1 for the others. */
static void trim(const DayFixing *w, int32_t *number, int32_t *left) {
    for (int day = w->last_open; day >= 0; day--) {
        const int64_t states = w->first[day + 1] - w->first[day];
        const int32_t *after = day == w->last_open ? NULL : number + w->first[day + 1];
        int32_t *mine = number + w->first[day];
        left[day] = 0;
        for (int64_t s = 0; s < states; s++) {
            int32_t *off = &w->next_free[day][s];
            if (*off >= 0 && after) *off = after[*off];
            int leads = *off >= 0;
            for (int c = 0; c < w->classes[day]; c++) {
                int32_t *to = &w->next[day][c * states + s];
                if (*to >= 0 && after) *to = after[*to];
                leads |= *to >= 0;
            }
            mine[s] = leads ? left[day]++ : -1;
        }
    }
}

static inline void *taken_from(char **block, size_t bytes) {
    void *here = *block;
    *block += (bytes + 15) & ~(size_t)15;
    return here;
}

/* The automaton as one block of memory; NULL where there is none. */
static Automaton *written_down(const DayFixing *w, const int32_t *number, const int32_t *left) {
    const Automaton *p = w->p;
    const int days = p->days, options = w->m->options, until = w->last_open;
    int32_t most_classes = 1, most_states = 1;
    int64_t all = 0, transitions = 0;
    for (int day = 0; day <= days; day++) {
        const int64_t states = day <= until ? left[day] : 1;
        if (states > most_states) most_states = (int32_t)states;
        all += states;
        if (day == days) continue;
        if (w->classes[day] > most_classes) most_classes = w->classes[day];
        transitions += states * w->classes[day];
    }
    const size_t bytes = sizeof(Automaton) + (size_t)(2 * days + 4 + days * options + days * most_classes + transitions + all) * 4 +
                         (size_t)(2 * days + 4) * 8 + (size_t)(transitions + all) * 8 + 16 * 16;
    char *block = malloc(bytes);
    if (!block) return NULL;
    Automaton *out = taken_from(&block, sizeof *out);
    int32_t *states = taken_from(&block, (size_t)(days + 1) * 4), *classes = taken_from(&block, (size_t)days * 4);
    int64_t *layer = taken_from(&block, (size_t)(days + 2) * 8), *cells = taken_from(&block, (size_t)(days + 1) * 8);
    int32_t *class_of = taken_from(&block, (size_t)days * options * 4);
    int32_t *ready_after = taken_from(&block, (size_t)days * most_classes * 4);
    int32_t *next = taken_from(&block, (size_t)transitions * 4), *next_free = taken_from(&block, (size_t)all * 4);
    int is_priced = p->price != NULL;
    for (int i = 0; i < w->sums; i++) is_priced |= w->sum[i].charge != 0.0;
    double *price = is_priced ? taken_from(&block, (size_t)transitions * 8) : NULL;
    double *price_free = is_priced ? taken_from(&block, (size_t)all * 8) : NULL;
    memcpy(class_of, w->class_of, (size_t)days * options * 4);
    memcpy(classes, w->classes, (size_t)days * 4);
    layer[0] = cells[0] = 0;
    for (int day = 0; day < days; day++) {
        states[day] = day <= until ? left[day] : 1;
        layer[day + 1] = layer[day] + states[day];
        cells[day + 1] = cells[day] + (int64_t)states[day] * classes[day];
        for (int c = 0; c < classes[day]; c++) {
            const int64_t sample = (int64_t)day * options + w->sample[(int64_t)day * options + c];
            ready_after[day * most_classes + c] = p->ready_after[day * p->most_classes + p->class_of[sample]];
        }
        if (day > until) { /* one path of what is fixed */
            next_free[layer[day]] = w->fixed[day] == FREE ? 0 : -1;
            if (price) price_free[layer[day]] = 0.0;
            for (int c = 0; c < classes[day]; c++) {
                next[cells[day] + c] = 0;
                if (price) price[cells[day] + c] = 0.0;
            }
            continue;
        }
        const int64_t before = w->first[day + 1] - w->first[day];
        for (int64_t s = 0; s < before; s++) {
            const int32_t at = number[w->first[day] + s];
            if (at < 0) continue;
            next_free[layer[day] + at] = w->next_free[day][s];
            if (price) price_free[layer[day] + at] = w->price_free[day][s];
            for (int c = 0; c < classes[day]; c++) {
                next[cells[day] + (int64_t)c * states[day] + at] = w->next[day][c * before + s];
                if (price) price[cells[day] + (int64_t)c * states[day] + at] = w->price[day][c * before + s];
            }
        }
    }
    states[days] = 1;
    layer[days + 1] = layer[days] + 1;
    *out = (Automaton){.days = days, .axis = p->axis, .axis_step = p->axis_step, .most_states = most_states,
                  .most_classes = most_classes, .few_starts = p->few_starts, .states = states, .classes = classes,
                  .layer = layer, .cells = cells, .class_of = class_of, .ready_after = ready_after, .next = next,
                  .next_free = next_free, .price = price, .price_free = price_free};
    return out;
}

static void release_fixing(DayFixing *w) {
    free(w->value), free(w->first), free(w->slot), free(w->tail), free(w->tail_price), free(w->class_of), free(w->sample);
    for (int day = 0; day < w->p->days; day++)
        free(w->next[day]), free(w->next_free[day]), free(w->price[day]), free(w->price_free[day]);
}

/* One try with the sums there are; *too_many where states are too many. */
static Automaton *with_fixed_days(DayFixing *w, int32_t first_state, int *too_many) {
    const int days = w->p->days;
    w->first = calloc((size_t)days + 2, sizeof *w->first);
    for (w->slots = 1024; w->slots < 4 * (int64_t)w->most_states;) w->slots *= 2;
    w->slot = malloc((size_t)w->slots * sizeof *w->slot);
    w->tail = calloc((size_t)w->p->states[w->last_open + 1] + 1, sizeof *w->tail);
    w->tail_price = calloc((size_t)w->p->states[w->last_open + 1] + 1, sizeof *w->tail_price);
    w->class_of = malloc(((size_t)days * w->m->options + 1) * sizeof *w->class_of);
    w->sample = malloc(((size_t)days * w->m->options + 1) * sizeof *w->sample);
    if (!w->first || !w->slot || !w->tail || !w->tail_price || !w->class_of || !w->sample) return NULL;
    sort_options(w);
    int32_t value[MOST_SUMS + 1] = {first_state};
    for (int i = 0; i < w->sums; i++) {
        value[i + 1] = 2 * w->sum[i].start;
        if (!told_apart(&w->sum[i], 0, &value[i + 1])) return NULL;
    }
    memset(w->slot, 0xff, (size_t)w->slots * sizeof *w->slot);
    if (intern_state(w, 0, value) < 0) return NULL;
    for (int day = 0; day <= w->last_open; day++) {
        w->first[day + 1] = w->states;
        if (!expand_day(w, day)) {
            *too_many = 1;
            return NULL;
        }
    }
    int32_t *number = malloc((size_t)(w->states + 1) * sizeof *number), left[MOST_DAYS];
    if (!number) return NULL;
    trim(w, number, left);
    Automaton *out = left[0] ? written_down(w, number, left) : NULL;
    free(number);
    return out;
}

/* The automaton of an agent who does what is `fixed` (OPEN_DAY on at least one day), and keeps to the TOTALs whose records
 * begin at `record` in the stream of limits as well, if no day has more than `most_states` states then; sums that can
 * vary most are left out until that is so. Each unit that open days add to a sum is charged for. Its first state is 0.
 * NULL where no week is left, or where the whole automaton alone has too many states. To be released with
 * `staffcurve_release_automaton`. */
EXPORT Automaton *staffcurve_fix_days(const Model *m, const Automaton *p, int agent, int first_state, const int32_t *fixed,
                               const int64_t *record, const double *charge, int records, int most_states) {
    int first = m->days, last = -1;
    for (int day = m->days - 1; day >= 0; day--)
        if (is_open(fixed, day)) {
            first = day;
            if (last < 0) last = day;
        }
    if (last < 0 || first_state < 0 || m->days > MOST_DAYS) return NULL;
    DayFixing *w = malloc(sizeof *w);
    Sum *sum = calloc((size_t)records + 1, sizeof *sum);
    Automaton *out = NULL;
    int sums = 0;
    for (int i = 0; w && sum && i < records && sums < MOST_SUMS; i++) {
        if (!read_sum((const void *)record_at(m, record[i])->limit, &sum[sums])) continue;
        bound_sum(m, agent, fixed, &sum[sums]);
        sum[sums++].charge = charge[i];
    }
    for (int too_many = 1; w && sum && too_many && sums >= 0; sums--) {
        *w = (DayFixing){.m = m, .p = p, .agent = agent, .last_open = last, .fixed = fixed, .sums = sums, .sum = sum,
                         .most_states = most_states};
        too_many = 0;
        out = with_fixed_days(w, first_state, &too_many);
        release_fixing(w);
        int widest = 0;
        for (int i = 1; i < sums; i++)
            if (sum[i].high[first] - sum[i].low[first] > sum[widest].high[first] - sum[widest].low[first]) widest = i;
        if (sums) sum[widest] = sum[sums - 1];
    }
    free(sum);
    free(w);
    return out;
}

EXPORT void staffcurve_release_automaton(Automaton *p) { free(p); }

/* What an automaton of `staffcurve_fix_days` charges on top for what its agent does on open days. */
EXPORT double staffcurve_charged(const Model *m, int agent, const int32_t *fixed, const int32_t *option,
                                 const int64_t *record, const double *charge, int records) {
    double charged = 0.0;
    for (int i = 0; i < records; i++) {
        Sum sum;
        if (charge[i] == 0.0 || !read_sum((const void *)record_at(m, record[i])->limit, &sum)) continue;
        int32_t counts = 0;
        for (int day = 0; day < m->days; day++) {
            const int32_t more = added(&sum, day, amount_of(m, agent, sum.column, day, option[day]), &counts);
            if (is_open(fixed, day)) charged += charge[i] * more;
        }
    }
    return charged;
}
