package dev.holdfast.dist.doctor;

/** How bad a finding is. */
public enum Level {
    /** Well. */
    OK,
    /** Works, but not as it should, or not for long. */
    WARN,
    /** Does not work. */
    FAIL
}
