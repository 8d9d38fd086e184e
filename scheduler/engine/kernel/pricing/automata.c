/* Layered automata of limits, joined two at a time.
 *
 * The days of an automaton are layers of states; each state has a transition for every symbol of its day. A join is
 * the product of two automata. Its states are the pairs that can be reached; in a backward pass pairs with
 * the same future become one state, and so do symbols with the same transitions in every state. Futures that differ by
 * a constant price are the same as well: the least that a state still has to pay is charged on the transitions that lead
 * to it (weight pushing; Mohri 1997). Pairs without a future are cut off. */
#include <stdlib.h>

#include "../model.h"

typedef struct Layers {
    int32_t days;
    const int32_t *states;  /* [days + 1] how many each day begins with */
    const int32_t *symbols; /* [days] */
    const int64_t *from;    /* [days] where the transitions of each day begin */
    const int32_t *next;    /* by state and symbol: state on the next day, or -1 */
    const int64_t *price;   /* of the same transitions, or NULL where none is charged anything */
} Layers;

typedef struct Joined {
    int32_t *start;            /* [starts] first state of each way to begin, or -1 */
    int32_t *states, *symbols; /* [days + 1], [days] */
    int32_t *symbol;           /* [symbols asked for] which symbol each became */
    int64_t *from;             /* [days]; the last day lies first */
    int32_t *next;             /* [transitions] */
    int64_t *price;            /* [transitions] or NULL */
    int64_t transitions, room;
    int64_t work; /* transitions of pairs of states that were computed */
} Joined;

enum { JOINED = 0, TOO_LARGE = 1, NO_MEMORY = 2 };
#define NO_FUTURE INT64_MAX
#define MOST_PLACES (INT64_C(1) << 26) /* pairs of states that one day could have */

typedef struct {
    int32_t one, other;
} Pair;

typedef struct {
    int32_t state; /* -1 where there is none */
    uint32_t hash;
} Slot;

/* What a join needs while it is made. */
typedef struct {
    Pair *pair; /* [pairs] layer after layer */
    int64_t pairs, room;
    int64_t *first;     /* [days + 2] where each layer begins */
    int32_t *at;        /* by one * states of the other + other: in the forward pass a mark, in the backward pass the number of the pair */
    int64_t *count;     /* [most states of the first + 1] */
    int32_t *merged[2]; /* [pairs of the widest layer] the state of each pair, of this day and the next */
    int64_t *owed[2];   /* the same: what each must still pay at least */
    Slot *slot;         /* hash table of the rows of a day */
    int32_t *kept;      /* [most symbols] */
} Bench;

static void release_bench(Bench *w) {
    free(w->pair), free(w->first), free(w->at), free(w->count), free(w->slot), free(w->kept);
    free(w->merged[0]), free(w->merged[1]), free(w->owed[0]), free(w->owed[1]);
}

EXPORT void staffcurve_release_joined(Joined *j) {
    free(j->start), free(j->states), free(j->symbols), free(j->symbol), free(j->from), free(j->next), free(j->price);
    memset(j, 0, sizeof *j);
}

/* Take up a pair, unless its place has the day's mark already. */
static int note(Bench *w, int64_t place, int32_t mark, int32_t one, int32_t other) {
    if (w->at[place] == mark) return 1;
    w->at[place] = mark;
    if (w->pairs == w->room) {
        const int64_t room = 2 * w->room + 1024;
        Pair *pair = realloc(w->pair, (size_t)room * sizeof *pair);
        if (!pair) return 0;
        w->pair = pair;
        w->room = room;
    }
    w->pair[w->pairs++] = (Pair){one, other};
    return 1;
}

/* The pairs of the last layer in order of their first half: what they lead to then lies side by side. */
static int sort_layer(Bench *w, int64_t begin, int32_t states) {
    const int64_t pairs = w->pairs - begin;
    Pair *sorted = malloc((size_t)(pairs + 1) * sizeof *sorted);
    if (!sorted) return 0;
    memset(w->count, 0, ((size_t)states + 1) * sizeof *w->count);
    for (int64_t k = begin; k < w->pairs; k++) w->count[w->pair[k].one + 1]++;
    for (int32_t s = 0; s < states; s++) w->count[s + 1] += w->count[s];
    for (int64_t k = begin; k < w->pairs; k++) sorted[w->count[w->pair[k].one]++] = w->pair[k];
    memcpy(w->pair + begin, sorted, (size_t)pairs * sizeof *sorted);
    free(sorted);
    return 1;
}

/* Forward pass: all pairs that can be reached, day by day. */
static int forward_pass(const Layers *a, const Layers *b, const int32_t *symbols, const Pair *both, int starts,
                   const Pair *start, int64_t most_work, Bench *w, Joined *out) {
    for (int i = 0; i < starts; i++)
        if (start[i].one >= 0 && start[i].other >= 0 &&
            !note(w, (int64_t)start[i].one * b->states[0] + start[i].other, 1, start[i].one, start[i].other))
            return NO_MEMORY;
    for (int day = 0; day < a->days; day++) {
        const int width = symbols[day], width_a = a->symbols[day], width_b = b->symbols[day];
        const int64_t end = w->first[day + 1] = w->pairs, others = b->states[day + 1];
        out->work += (end - w->first[day]) * width;
        if (out->work > most_work) return TOO_LARGE;
        for (int64_t k = w->first[day]; k < end; k++) {
            const int32_t *to_a = a->next + a->from[day] + (int64_t)w->pair[k].one * width_a;
            const int32_t *to_b = b->next + b->from[day] + (int64_t)w->pair[k].other * width_b;
            for (int s = 0; s < width; s++) {
                const int32_t one = to_a[both[s].one], other = to_b[both[s].other];
                if (one >= 0 && other >= 0 && !note(w, one * others + other, day + 2, one, other)) return NO_MEMORY;
            }
        }
        if (!sort_layer(w, end, a->states[day + 1])) return NO_MEMORY;
        both += width;
    }
    w->first[a->days + 1] = w->pairs;
    return JOINED;
}

static int make_room(Joined *out, int64_t transitions, int priced) {
    if (transitions <= out->room) return 1;
    const int64_t room = 2 * transitions + 1024;
    int32_t *next = realloc(out->next, (size_t)room * sizeof *next);
    if (!next) return 0;
    out->next = next;
    if (priced) {
        int64_t *price = realloc(out->price, (size_t)room * sizeof *price);
        if (!price) return 0;
        out->price = price;
    }
    out->room = room;
    return 1;
}

/* Writes the row of a pair behind the last one; returns what it must pay at least, or NO_FUTURE. */
static int64_t write_row(const Layers *a, const Layers *b, int day, Pair pair, const Pair *both, int width,
                         const Bench *w, Joined *out) {
    const int64_t row_a = a->from[day] + (int64_t)pair.one * a->symbols[day];
    const int64_t row_b = b->from[day] + (int64_t)pair.other * b->symbols[day];
    const int64_t others = b->states[day + 1];
    int32_t *row = out->next + out->transitions;
    int64_t *price = out->price ? out->price + out->transitions : NULL, least = NO_FUTURE;
    for (int s = 0; s < width; s++) {
        const int64_t step_a = row_a + both[s].one, step_b = row_b + both[s].other;
        const int32_t one = a->next[step_a], other = b->next[step_b];
        const int32_t to = one < 0 || other < 0 ? -1 : w->at[one * others + other];
        int64_t charged = 0;
        row[s] = to < 0 ? -1 : w->merged[1][to];
        if (price) {
            if (row[s] >= 0)
                charged = (a->price ? a->price[step_a] : 0) + (b->price ? b->price[step_b] : 0) + w->owed[1][to];
            price[s] = charged;
        }
        if (row[s] >= 0 && charged < least) least = charged;
    }
    if (least == NO_FUTURE) return least;
    if (day == 0) return 0; /* no transition leads to a first state */
    for (int s = 0; price && s < width; s++)
        if (row[s] >= 0) price[s] -= least;
    return least;
}

static inline uint64_t mix(uint64_t hash, uint64_t more) {
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

/* The state of the row that has just been written: the one that has it already, or a new one. */
static int32_t state_of(Bench *w, Joined *out, int64_t from, int width, uint64_t slots, int32_t *states) {
    const int32_t *row = out->next + out->transitions;
    const int64_t *price = out->price ? out->price + out->transitions : NULL;
    uint64_t hash = 0;
    for (int s = 0; s < width; s++) hash = mix(hash, (uint64_t)(uint32_t)row[s]);
    for (int s = 0; price && s < width; s++) hash = mix(hash, (uint64_t)price[s]);
    const uint32_t high = (uint32_t)(hash >> 32);
    uint64_t at = hash & (slots - 1);
    for (; w->slot[at].state >= 0; at = (at + 1) & (slots - 1)) {
        const int64_t known = from + (int64_t)w->slot[at].state * width;
        if (w->slot[at].hash == high && !memcmp(out->next + known, row, (size_t)width * sizeof *row) &&
            (!price || !memcmp(out->price + known, price, (size_t)width * sizeof *price)))
            return w->slot[at].state;
    }
    w->slot[at] = (Slot){*states, high};
    out->transitions += width;
    return (*states)++;
}

/* Symbols with the same transitions in every state become one; the rows are compacted. */
static int merge_symbols(Joined *out, int64_t from, int32_t states, int width, int32_t *symbol, int32_t *kept) {
    int left = 0;
    for (int s = 0; s < width; s++) {
        symbol[s] = left;
        for (int t = 0; t < left && symbol[s] == left; t++) {
            const int64_t apart = s - kept[t];
            int64_t at = from + kept[t], end = at + (int64_t)states * width;
            while (at < end && out->next[at] == out->next[at + apart] &&
                   (!out->price || out->price[at] == out->price[at + apart]))
                at += width;
            if (at >= end) symbol[s] = t;
        }
        if (symbol[s] == left) kept[left++] = s;
    }
    for (int64_t k = 0; left < width && k < states; k++)
        for (int t = 0; t < left; t++) {
            out->next[from + k * left + t] = out->next[from + k * width + kept[t]];
            if (out->price) out->price[from + k * left + t] = out->price[from + k * width + kept[t]];
        }
    out->transitions = from + (int64_t)states * left;
    return left;
}

/* Backward pass: a row of transitions for every pair, equal rows only once. `both` and `symbol` point behind their last
 * entry. */
static int backward_pass(const Layers *a, const Layers *b, const int32_t *symbols, const Pair *both, int32_t *symbol,
                    int64_t most_transitions, Bench *w, Joined *out) {
    out->states[a->days] = w->first[a->days + 1] > w->first[a->days];
    for (int day = a->days - 1; day >= 0; day--) {
        const int width = symbols[day];
        const Pair *pair = w->pair + w->first[day], *behind = w->pair + w->first[day + 1];
        const int64_t pairs = w->first[day + 1] - w->first[day], from = out->from[day] = out->transitions;
        for (int64_t k = 0; k < w->first[day + 2] - w->first[day + 1]; k++)
            w->at[(int64_t)behind[k].one * b->states[day + 1] + behind[k].other] = (int32_t)k;
        uint64_t slots = 4;
        while (slots < 2 * (uint64_t)pairs) slots *= 2;
        memset(w->slot, -1, slots * sizeof *w->slot);
        both -= width;
        symbol -= width;
        int32_t states = 0;
        for (int64_t k = 0; k < pairs; k++) {
            if (!make_room(out, out->transitions + width, a->price || b->price)) return NO_MEMORY;
            w->owed[0][k] = write_row(a, b, day, pair[k], both, width, w, out);
            w->merged[0][k] = w->owed[0][k] == NO_FUTURE ? -1 : state_of(w, out, from, width, slots, &states);
        }
        out->states[day] = states;
        out->symbols[day] = merge_symbols(out, from, states, width, symbol, w->kept);
        if (out->transitions > most_transitions) return TOO_LARGE;
        int32_t *merged = w->merged[0];
        w->merged[0] = w->merged[1], w->merged[1] = merged;
        int64_t *owed = w->owed[0];
        w->owed[0] = w->owed[1], w->owed[1] = owed;
    }
    return JOINED;
}

static int join(const Layers *a, const Layers *b, const int32_t *symbols, const Pair *both, int starts,
                const Pair *start, int64_t most_work, int64_t most_transitions, Bench *w, Joined *out) {
    int64_t all = 0, places = 1, most_symbols = 0, most_states = 0;
    for (int day = 0; day < a->days; day++) {
        all += symbols[day];
        if (symbols[day] > most_symbols) most_symbols = symbols[day];
    }
    for (int day = 0; day <= a->days; day++) {
        const int64_t possible = (int64_t)a->states[day] * b->states[day];
        if (possible > places) places = possible;
        if (a->states[day] > most_states) most_states = a->states[day];
    }
    if (places > MOST_PLACES) return TOO_LARGE;
    w->first = calloc((size_t)a->days + 2, sizeof *w->first);
    w->at = calloc((size_t)places, sizeof *w->at);
    w->count = malloc(((size_t)most_states + 1) * sizeof *w->count);
    w->kept = malloc(((size_t)most_symbols + 1) * sizeof *w->kept);
    out->start = malloc(((size_t)starts + 1) * sizeof *out->start);
    out->states = malloc(((size_t)a->days + 1) * sizeof *out->states);
    out->symbols = malloc(((size_t)a->days + 1) * sizeof *out->symbols);
    out->symbol = malloc(((size_t)all + 1) * sizeof *out->symbol);
    out->from = malloc(((size_t)a->days + 1) * sizeof *out->from);
    if (!w->first || !w->at || !w->count || !w->kept || !out->start || !out->states || !out->symbols || !out->symbol ||
        !out->from)
        return NO_MEMORY;
    int failed = forward_pass(a, b, symbols, both, starts, start, most_work, w, out);
    if (failed) return failed;
    int64_t widest = 1;
    for (int day = 0; day <= a->days; day++)
        if (w->first[day + 1] - w->first[day] > widest) widest = w->first[day + 1] - w->first[day];
    w->slot = malloc(4 * (size_t)widest * sizeof *w->slot);
    for (int i = 0; i < 2; i++) {
        w->merged[i] = calloc((size_t)widest, sizeof **w->merged); /* on the last day all states are equivalent */
        w->owed[i] = calloc((size_t)widest, sizeof **w->owed);
    }
    if (!w->slot || !w->merged[0] || !w->merged[1] || !w->owed[0] || !w->owed[1]) return NO_MEMORY;
    failed = backward_pass(a, b, symbols, both + all, out->symbol + all, most_transitions, w, out);
    if (failed) return failed;
    for (int64_t k = 0; k < w->first[1]; k++)
        w->at[(int64_t)w->pair[k].one * b->states[0] + w->pair[k].other] = w->merged[1][k];
    for (int i = 0; i < starts; i++)
        out->start[i] = start[i].one < 0 || start[i].other < 0
                            ? -1
                            : w->at[(int64_t)start[i].one * b->states[0] + start[i].other];
    return JOINED;
}

/* The minimal product of two automata. `symbols` ([days]) is the number of its symbols on each day, `both` the pair of
 * symbols that each of them stands for, `start` the pairs of initial states. Returns JOINED; TOO_LARGE if it takes more
 * than `most_work` transitions of pairs or has more than `most_transitions` of its own; or NO_MEMORY. Release `out` in any
 * case. */
EXPORT int staffcurve_join(const Layers *a, const Layers *b, const int32_t *symbols, const Pair *both, int32_t starts,
                           const Pair *start, int64_t most_work, int64_t most_transitions, Joined *out) {
    Bench bench = {0};
    memset(out, 0, sizeof *out);
    const int status = join(a, b, symbols, both, starts, start, most_work, most_transitions, &bench, out);
    release_bench(&bench);
    return status;
}
