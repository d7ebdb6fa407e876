/** One class for each subcommand, named as it is typed. A command reads its options, calls one door, prints. */
package dev.holdfast.dist.command;
