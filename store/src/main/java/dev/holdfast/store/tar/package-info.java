/**
 * Reads tars that others made: streams only, believes nothing, and refuses what could harm whoever unpacks it. Names are
 * bytes here, as they are in a data directory. Writing is the affair of {@code store.archive}.
 */
package dev.holdfast.store.tar;
