/**
 * Reads a data directory: what is in it, in archive order, and whether it holds still meanwhile.
 *
 * <p>The directory is walked three times with the same {@link dev.holdfast.agent.source.SourceTree}: to look it over,
 * to read it, and to look again. A file is also looked at before and after it is read. Whatever differs ends the
 * capture: a snapshot is complete or it is not.
 *
 * <p>Names are bytes. Java decodes them with the encoding of the locale and cannot always encode them again, so no name
 * passes through a String on its way to the file system: paths come from directory streams, which keep the bytes, and
 * {@link dev.holdfast.unpack.RawNames} takes the bytes out by way of the path's URI.
 */
package dev.holdfast.agent.source;
