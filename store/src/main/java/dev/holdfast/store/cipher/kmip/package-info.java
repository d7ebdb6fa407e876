/**
 * Master keys in a KMIP server (OASIS Key Management Interoperability Protocol Specification 1.2): a small client of our
 * own that speaks TTLV over mutual TLS, and does what wrapping data keys needs, no more.
 *
 * <p>A connection is <em>absent</em> until the first request, then <em>kept</em> for the next; a request that only reads
 * is made once more over a new connection when a kept one turns out to be dead. One that makes something is never made
 * twice: keys bear a name that the store's id is in, so what a lost answer left behind is found by name.
 */
package dev.holdfast.store.cipher.kmip;
