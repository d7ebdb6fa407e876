/** One Markdown file, read: its text as a tree, its headings with their anchors, its links, its code blocks. */
package dev.holdfast.documentation.page;
