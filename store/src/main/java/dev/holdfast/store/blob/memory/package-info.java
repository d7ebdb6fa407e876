/** Blobs in memory: the real thing for tests and trials, with every promise of the port but to outlive the process. */
package dev.holdfast.store.blob.memory;
