package dev.holdfast.contract.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HuffmanLengthsProperties {
    private final HuffmanLengths huffman = new HuffmanLengths();

    @Property(tries = 1000)
    void codesAreCompleteAndWithinTheLimit(
            @ForAll @IntRange(min = 2, max = 286) int symbols,
            @ForAll @IntRange(min = 9, max = 15) int limit,
            @ForAll long seed) {
        int[] frequency = frequencies(symbols, seed);
        byte[] lengths = new byte[symbols];
        huffman.find(frequency, symbols, limit, lengths);
        long spent = 0;
        int used = 0;
        for (int i = 0; i < symbols; i++) {
            assertThat(lengths[i] > 0).isEqualTo(frequency[i] > 0);
            assertThat((int) lengths[i]).isLessThanOrEqualTo(limit);
            if (lengths[i] > 0) {
                used++;
                spent += 1L << limit - lengths[i];
            }
        }
        if (used >= 2) {
            assertThat(spent).isEqualTo(1L << limit);
        } else if (used == 1) {
            assertThat(spent).isEqualTo(1L << limit - 1);
        }
    }

    @Property(tries = 300)
    void withoutALimitToHeedTheCodeIsTheShortest(@ForAll @IntRange(min = 2, max = 60) int symbols, @ForAll long seed) {
        Random random = new Random(seed);
        int[] frequency = new int[symbols];
        PriorityQueue<Long> heap = new PriorityQueue<>();
        for (int i = 0; i < symbols; i++) {
            frequency[i] = 1 + random.nextInt(1000);
            heap.add((long) frequency[i]);
        }
        long shortest = 0;
        while (heap.size() > 1) {
            long joined = heap.remove() + heap.remove();
            shortest += joined;
            heap.add(joined);
        }
        byte[] lengths = new byte[symbols];
        huffman.find(frequency, symbols, 60, lengths);
        long cost = 0;
        for (int i = 0; i < symbols; i++) {
            cost += (long) frequency[i] * lengths[i];
        }
        assertThat(cost).isEqualTo(shortest);
    }

    private static int[] frequencies(int symbols, long seed) {
        Random random = new Random(seed);
        int[] frequency = new int[symbols];
        int shape = random.nextInt(4);
        int a = 1;
        int b = 1;
        for (int i = 0; i < symbols; i++) {
            switch (shape) {
                case 0 -> frequency[i] = random.nextInt(3);
                case 1 -> frequency[i] = random.nextInt(100_000);
                case 2 -> frequency[i] = random.nextInt(10) == 0 ? 1 + random.nextInt(1 << 20) : 1;
                default -> {
                    // Fibonacci numbers give the deepest trees
                    frequency[i] = i < 30 ? a : 0;
                    int next = Math.min(a + b, 1 << 24);
                    a = b;
                    b = next;
                }
            }
        }
        return frequency;
    }
}
