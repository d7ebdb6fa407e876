/** Makes steps again that failed for a moment: {@link dev.holdfast.store.blob.retry.RetryingBlobStore}. */
package dev.holdfast.store.blob.retry;
