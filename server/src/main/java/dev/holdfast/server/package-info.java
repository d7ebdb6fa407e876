/**
 * The server: promises. This package knows the data directory and wires the rooms; everything else is in a room, named
 * after the noun of the API that it answers for.
 *
 * <pre>
 *                    restorejob
 *                   /    |     \
 *            snapshot    |    delivery      access
 *                   \    |     /              |
 *                   deployment                |
 *                          \                  |
 *   http  &lt;------------------ all rooms -----+
 * </pre>
 *
 * <p>Arrows go down only, and {@code ArchitectureTest} holds them (delivery does not see deployment). A room owns its
 * tables and shows a door, a plural noun: {@link dev.holdfast.server.deployment.Groups},
 * {@link dev.holdfast.server.restorejob.RestoreJobs}. Across rooms go ids; nobody calls back.
 */
package dev.holdfast.server;
