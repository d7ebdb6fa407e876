package dev.holdfast.store.blob.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often, and after how long.
 *
 * @param tries how often a step is made until it succeeds, 1 for never again
 * @param first the longest wait before the second try; doubled with each further one
 * @param most no wait is longer
 */
public record RetryPolicy(int tries, Duration first, Duration most) {
    /** Checks the bounds. */
    public RetryPolicy {
        if (tries < 1 || first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("a policy has at least one try, and waits that do not shrink");
        }
    }

    /** From 200 ms to 10 s. */
    public static RetryPolicy of(int tries) {
        return new RetryPolicy(tries, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    /**
     * The wait after {@code failed} failures, from 1: any time up to the bound, so that those who failed together do not
     * come again together, and at least a tenth of it, for no wait at all is no second chance.
     */
    Duration pause(int failed, RandomGenerator random) {
        long bound = first.toMillis();
        for (int i = 1; i < failed && bound < most.toMillis(); i++) {
            bound *= 2;
        }
        bound = Math.min(bound, most.toMillis());
        long least = bound / 10;
        return Duration.ofMillis(least + (long) (random.nextDouble() * (bound - least)));
    }
}
