/**
 * A client of the public API, nothing more: it sees {@code contract} and no other module, so what it does any client can
 * do. The demo restores through {@code ApiClient}; the operator's subcommands are in {@code command}, and the launcher
 * enters them among its own.
 */
package dev.holdfast.cli;
