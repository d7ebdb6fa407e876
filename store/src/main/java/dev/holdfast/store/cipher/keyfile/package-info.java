/** Master keys in a file of the operator's, for who has no key server: {@link dev.holdfast.store.cipher.keyfile.KeyFile}. */
package dev.holdfast.store.cipher.keyfile;
