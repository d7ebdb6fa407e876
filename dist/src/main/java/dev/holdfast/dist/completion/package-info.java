/** Shell completion, written out of the command tree as it is, so that no word of it can be forgotten. */
package dev.holdfast.dist.completion;
