/**
 * Sends a directory that is being read: splits files into blocks, hashes them, offers them, encodes and sends those that
 * the server wants, and commits the list of files.
 *
 * <p>The reader fills batches of about 15 MiB. Each batch is hashed and encoded by all workers at once, and sent while
 * the next one is prepared; batches keep their order, so blocks reach the packs in the order of the files. At most
 * {@link dev.holdfast.agent.upload.UploadPipeline#BATCHES} batches are in memory, whatever the size of the directory;
 * the list of files, 32 bytes for each block, lies in a temporary file.
 *
 * <p>States of a part: begun, sending, committed or abandoned. Whatever fails between begin and commit abandons it.
 */
package dev.holdfast.agent.upload;
