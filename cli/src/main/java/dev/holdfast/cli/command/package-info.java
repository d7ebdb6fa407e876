/** The operator's subcommands of {@code holdfast}: words in, documents and exit statuses out. */
package dev.holdfast.cli.command;
