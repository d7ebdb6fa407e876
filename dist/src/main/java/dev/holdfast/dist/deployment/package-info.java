/**
 * Which clusters and hosts there are, written down by their operator: Holdfast has no monitoring that would find out.
 * A file is read into a plan, and a plan is entered in one transaction: all of it, or nothing.
 */
package dev.holdfast.dist.deployment;
