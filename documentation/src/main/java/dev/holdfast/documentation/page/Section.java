package dev.holdfast.documentation.page;

/**
 * What stands under one heading, up to the next.
 *
 * @param level 1 to 6; the first heading of a page is 1
 * @param title the heading's text
 * @param id the anchor, as GitHub makes it
 * @param text everything below it without marks, in one line
 */
public record Section(int level, String title, String id, String text) {}
