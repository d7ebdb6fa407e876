/**
 * The documentation as web pages: {@code docs/*.md} to {@code target/site}.
 *
 * <p>{@link dev.holdfast.documentation.Sources} reads the Markdown, {@link dev.holdfast.documentation.Checks} says what is wrong with it (a
 * link that leads nowhere, a page that no page leads to, a command that is neither run nor says why), and only when
 * nothing is wrong {@link dev.holdfast.documentation.Site} writes: every page with the same frame, and one index for the search.
 * Pages ask for nothing from elsewhere and work from a folder on a disk. Nothing is kept between two runs.
 */
package dev.holdfast.documentation;
