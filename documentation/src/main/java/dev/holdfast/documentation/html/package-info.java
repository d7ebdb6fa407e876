/**
 * Pages as HTML: the text by commonmark, with our own headings (anchors), links (checked), tables (that scroll) and code
 * (with the reason why a block is not run), in one frame for all. Nothing is loaded from elsewhere.
 */
package dev.holdfast.documentation.html;
