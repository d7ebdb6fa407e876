/** Archives to be made by tests, right and wrong ones. */
package dev.holdfast.unpack.testing;
