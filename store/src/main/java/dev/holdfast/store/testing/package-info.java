/** Faults on purpose, for tests of this module and of those that use it. Nothing else in main code may use it. */
package dev.holdfast.store.testing;
