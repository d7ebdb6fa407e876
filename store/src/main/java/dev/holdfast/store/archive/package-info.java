/** Archives. */
package dev.holdfast.store.archive;
