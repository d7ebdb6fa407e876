package dev.holdfast.server.schedule;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;

/** The states of a backup; the names are the API's {@code statusName}. */
public enum BackupStatus {
    /** Was never started, or was terminated. */
    INACTIVE,
    /** Was started from INACTIVE; the scheduler has not come by yet. */
    PROVISIONING,
    /** Snapshots are taken when they are due. */
    STARTED,
    /** None are taken; those that there are stay. */
    STOPPED,
    /** All its snapshots are being deleted; then it is INACTIVE. */
    TERMINATING;

    /**
     * The state after a PATCH to {@code wanted}. To ask for the present one is an error too.
     *
     * @throws Refusal CANNOT_START_BACKUP_INVALID_STATE, CANNOT_STOP_BACKUP_INVALID_STATE,
     *     CANNOT_TERMINATE_BACKUP_INVALID_STATE, UNSUPPORTED_SET_BACKUP_STATE
     */
    BackupStatus patched(BackupStatus wanted) {
        return switch (wanted) {
            case INACTIVE, PROVISIONING -> throw new Refusal(ErrorCode.UNSUPPORTED_SET_BACKUP_STATE, wanted.name());
            case STARTED ->
                switch (this) {
                    case INACTIVE -> PROVISIONING;
                    case STOPPED -> STARTED;
                    default -> throw new Refusal(ErrorCode.CANNOT_START_BACKUP_INVALID_STATE);
                };
            case STOPPED -> {
                if (this != STARTED) {
                    throw new Refusal(ErrorCode.CANNOT_STOP_BACKUP_INVALID_STATE);
                }
                yield STOPPED;
            }
            case TERMINATING -> {
                if (this != STOPPED) {
                    throw new Refusal(ErrorCode.CANNOT_TERMINATE_BACKUP_INVALID_STATE);
                }
                yield TERMINATING;
            }
        };
    }
}
