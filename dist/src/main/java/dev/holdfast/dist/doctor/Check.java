package dev.holdfast.dist.doctor;

import java.util.List;

/** Looks at one thing. */
@FunctionalInterface
interface Check {
    /** What it found; what it throws is a finding too. */
    List<Finding> look(Patient patient) throws Exception;
}
