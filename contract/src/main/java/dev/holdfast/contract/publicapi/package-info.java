/** The Ops Manager Public API v1.0 in Java: its documents as records, its error codes as one enum. */
package dev.holdfast.contract.publicapi;
