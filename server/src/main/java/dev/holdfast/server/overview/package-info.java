/**
 * What is protected and what is not, for people and their pages: one document over all projects that a key may read, the
 * agents of a project, and what they were asked for. Keeps nothing and changes nothing but the ends of work that nobody
 * reports on any more; every figure is read from the room that owns it when somebody asks.
 *
 * <p>A document costs a dozen statements, however many clusters there are: each room answers for many projects at once
 * ({@code Facts} asks them all), and the rest is put together in memory.
 *
 * <p>What a caller does not see is not read: projects are filtered before anything else is asked, and what is about the
 * whole installation (the disk, the scrub, the keeper of keys) is for keys that see all of it.
 */
package dev.holdfast.server.overview;
