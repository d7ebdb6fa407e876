/**
 * The kinds of trouble, by what the one who meets it should do: {@link dev.holdfast.contract.trouble.Refusal} (ask for
 * something else), {@link dev.holdfast.contract.trouble.Unavailable} (try again) and
 * {@link dev.holdfast.contract.trouble.Corruption} (stop, and look at the store). Anything else is a bug of ours.
 */
package dev.holdfast.contract.trouble;
