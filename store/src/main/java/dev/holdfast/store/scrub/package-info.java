/**
 * Reads every byte of a store back. It may run beside a process that writes: what is unfinished is not visible, what
 * appears after the start is left for the next time, what goes away meanwhile is passed over. It changes nothing.
 */
package dev.holdfast.store.scrub;
