/** Doubles that let a room's routes be tested without HTTP: a call, a route table, golden files. */
package dev.holdfast.server.testing;
