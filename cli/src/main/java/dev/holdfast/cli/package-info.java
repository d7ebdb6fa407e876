/**
 * A client of the public API, nothing more: it sees {@code contract} and no other module, so what it does any client can
 * do. The demo restores through it; the command line for operators will be built on it.
 */
package dev.holdfast.cli;
