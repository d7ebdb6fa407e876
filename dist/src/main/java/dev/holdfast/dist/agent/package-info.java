/** {@code holdfast agent}: its file, and the program made of it. */
package dev.holdfast.dist.agent;
