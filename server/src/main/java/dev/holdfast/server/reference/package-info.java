/**
 * The API described: one OpenAPI 3.1 document, served at {@code /openapi.json}, from which {@code docs/api.md} is
 * printed.
 *
 * <p>Its parts have one source each, so none can say something else than the code. Which operations there are, and what
 * they need: the {@link dev.holdfast.server.http.Router}. What documents look like: the records of
 * {@code contract.publicapi}, as Jackson writes them; what their fields mean: the Javadoc of those records, which a test
 * prints into {@code descriptions.json}. What an operation is for, which query parameters and attributes it takes:
 * {@code Catalogue}; an operation that is not in it is described by its path alone.
 *
 * <p>Nothing is written. The document is made when it is first asked for; only the address of the server in it is the
 * request's.
 */
package dev.holdfast.server.reference;
