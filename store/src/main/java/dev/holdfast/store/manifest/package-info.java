/** Manifests. */
package dev.holdfast.store.manifest;
