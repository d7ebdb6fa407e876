/**
 * Where links lead: to a page, to a file that is laid beside the pages, into the source tree, out into the world, or
 * nowhere, which is a problem.
 */
package dev.holdfast.documentation.link;
