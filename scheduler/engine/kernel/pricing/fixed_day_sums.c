/* Sums over the horizon that fixed_days.c carries in its states: their records, the least and the most that later days
 * can add, and which values lead to different futures. */
#include "../model.h"

#define SETTLED INT32_MIN /* in place of a value: the sum is met whatever the later days are; SETTLED + 1 if a block under way counts */

/* A TOTAL over the horizon (limits.c). Values are kept as twice the sum, and one more where the block of days that is
 * under way counts already. */
typedef struct {
    int32_t column, least, most, start;
    double charge; /* on each unit that open days add */
    uint8_t alone[MOST_DAYS];                                    /* a day that counts by itself */
    uint8_t within[MOST_DAYS], begins[MOST_DAYS], ends[MOST_DAYS]; /* one of a block of days, its first, its last */
    /* the least and the most that blocks from each day on can add, and those days of a block that is under way */
    int32_t low[MOST_DAYS + 1], high[MOST_DAYS + 1], block_low[MOST_DAYS + 1], block_high[MOST_DAYS + 1];
} Sum;

/* Read a limit; 0 where its blocks overlap, so that one bit does not tell what is under way. */
static int read_sum(const BlockLimit *r, Sum *sum) {
    memset(sum, 0, sizeof *sum);
    sum->column = r->column, sum->start = r->carried, sum->least = r->least, sum->most = r->most;
    uint8_t taken[MOST_DAYS] = {0};
    const int32_t *block = r->block;
    for (int b = 0; b < r->blocks; b++, block += *block + 1) {
        const int n = block[0], first = block[1], last = block[n];
        if (n == 1) {
            if (sum->alone[first]) return 0;
            sum->alone[first] = 1;
            continue;
        }
        for (int i = 1; i < n; i++)
            if (block[i + 1] <= block[i]) return 0;
        for (int day = first; day <= last; day++) {
            if (taken[day]) return 0;
            taken[day] = 1;
        }
        for (int i = 1; i <= n; i++) sum->within[block[i]] = 1;
        sum->begins[first] = sum->ends[last] = 1;
    }
    return 1;
}

/* The least and the most that a day can add to a sum. */
static void day_range(const Model *m, int agent, const int32_t *fixed, int column, int day, int32_t *low, int32_t *high) {
    int n;
    const int32_t *option = options_of(m, agent, day, fixed, &n);
    *low = INT32_MAX, *high = INT32_MIN;
    for (int i = may_be_free_on(m, agent, day, fixed) ? -1 : 0; i < n; i++) {
        const int32_t amount = amount_of(m, agent, column, day, i < 0 ? FREE : option[i]);
        if (amount < *low) *low = amount;
        if (amount > *high) *high = amount;
    }
    if (*low > *high) *low = *high = 0; /* the day has no choice: shown when the states are expanded */
}

/* The least and the most that each day and those after it can add. */
static void bound_sum(const Model *m, int agent, const int32_t *fixed, Sum *sum) {
    int32_t block_low = 0, block_high = 0; /* of those days of a block that are still to come */
    for (int day = m->days - 1; day >= 0; day--) {
        int32_t low, high;
        day_range(m, agent, fixed, sum->column, day, &low, &high);
        sum->low[day] = sum->low[day + 1] + (sum->alone[day] ? low : 0);
        sum->high[day] = sum->high[day + 1] + (sum->alone[day] ? high : 0);
        if (sum->within[day]) block_low |= low > 0, block_high |= high > 0;
        if (sum->begins[day]) { /* not under way yet */
            sum->low[day] += block_low;
            sum->high[day] += block_high;
            block_low = block_high = 0;
        }
        sum->block_low[day] = block_low;
        sum->block_high[day] = block_high;
    }
}

/* Replace a value at the beginning of a day by SETTLED if the sum is met in any case; returns 0 if it cannot be met. */
static int told_apart(const Sum *sum, int day, int32_t *value) {
    if (*value <= SETTLED + 1) return 1;
    const int32_t so_far = *value >> 1, counts = *value & 1;
    const int32_t low = so_far + sum->low[day] + (counts ? 0 : sum->block_low[day]);
    const int32_t high = so_far + sum->high[day] + (counts ? 0 : sum->block_high[day]);
    if (sum->most != UNBOUNDED && low > sum->most) return 0;
    if (sum->least != UNBOUNDED && high < sum->least) return 0;
    if ((sum->most == UNBOUNDED || high <= sum->most) && (sum->least == UNBOUNDED || low >= sum->least))
        *value = sum->charge != 0.0 ? SETTLED + counts : SETTLED;
    return 1;
}

/* What an amount adds to a sum; *counts says whether the block that is under way counts already. */
static inline int32_t added(const Sum *sum, int day, int32_t amount, int32_t *counts) {
    int32_t more = sum->alone[day] ? amount : 0;
    if (sum->within[day] && !*counts && amount > 0) more++, *counts = 1;
    if (sum->ends[day]) *counts = 0;
    return more;
}
