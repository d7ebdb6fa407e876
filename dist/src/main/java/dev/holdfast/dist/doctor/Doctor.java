package dev.holdfast.dist.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All checks, one after the other. */
public final class Doctor {
    private final Map<String, Check> checks = new LinkedHashMap<>();

    /** With every check. Does no I/O. */
    public Doctor() {
        checks.put("settings", new SettingsCheck());
        checks.put("disk", new DiskCheck());
        checks.put("keys", new KeysCheck());
        checks.put("database", new DatabaseCheck());
        checks.put("store", new StoreCheck());
        checks.put("certificate", new CertificateCheck());
        checks.put("reachability", new ReachabilityCheck());
        checks.put("time", new TimeCheck());
        checks.put("agents", new AgentsCheck());
    }

    /** What was found, in the order in which it is best mended. */
    public List<Finding> look(Patient patient) {
        List<Finding> all = new ArrayList<>();
        checks.forEach((about, check) -> {
            try {
                all.addAll(check.look(patient));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                // what keeps it from being looked at is what is wrong with it
                all.add(Finding.of(about, Level.FAIL, e, "it could not be looked at: mend what the message says."));
            }
        });
        return all;
    }
}
