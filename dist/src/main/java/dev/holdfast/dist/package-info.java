/** The launcher's program: subcommands, their errors, their exit status. May see every module. */
package dev.holdfast.dist;
