package dev.holdfast.documentation.html;

import org.commonmark.node.CustomBlock;

/** Around what may be wider than the window, so that it scrolls and the page does not. */
final class WideBlock extends CustomBlock {}
