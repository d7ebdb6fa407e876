/** The port to bytes: {@link dev.holdfast.store.blob.BlobStore} and its promises. */
package dev.holdfast.store.blob;
