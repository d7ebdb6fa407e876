/** Archives as files of this machine. */
package dev.holdfast.dist.archive;
