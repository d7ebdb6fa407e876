/** Rows, for commands that work on the store while no server need be running. */
package dev.holdfast.dist.rows;
