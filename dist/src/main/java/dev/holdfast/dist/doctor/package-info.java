/**
 * Looks over everything that a server needs and says of each in plain words whether it is well, and how to mend it.
 * Changes nothing but a probe file that it writes and removes, so it may run at any time, beside a server or without one.
 * Every {@link dev.holdfast.dist.doctor.Check} looks at one thing and never at another's: so that one broken thing is
 * told once. No finding has a secret in it.
 */
package dev.holdfast.dist.doctor;
