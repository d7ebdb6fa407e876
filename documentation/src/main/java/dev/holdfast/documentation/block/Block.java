package dev.holdfast.documentation.block;

/**
 * A code block of a page.
 *
 * @param line of its fence, from 1
 * @param fence what it promises
 * @param text what is in it, every line ended
 */
public record Block(int line, Fence fence, String text) {}
