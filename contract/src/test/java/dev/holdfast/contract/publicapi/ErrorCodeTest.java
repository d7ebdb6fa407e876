package dev.holdfast.contract.publicapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The codes against the published lists, which are written down here once more: status, then code and its parameters. */
final class ErrorCodeTest {
    private static final String PUBLISHED = """
            404 CONFIG_RESTORE_JOB_NOT_FOUND 2 CONFIG_SNAPSHOT_NOT_FOUND 2 NOT_CONFIG_SERVER 1 HOST_NOT_FOUND 2
            404 HOSTNAME_AND_PORT_NOT_FOUND 2 INVALID_JOB_ID 1
            404 RESTORE_JOB_NOT_FOUND 2 RESTORE_JOB_NOT_FOUND_IN_GROUP 2 CHECKPOINT_NOT_FOUND 2 INVALID_CHECKPOINT_ID 1
            409 CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT 0 CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT 0
            409 CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT 0 LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION 0
            409 NO_CHECKPOINT_FOR_PIT_RESTORE 0 RESTORE_INITIATION_FAILED 1
            400 FRACTIONAL_TIMESTAMP 0 UNSUPPORTED_DELIVERY_METHOD 0
            403 CANNOT_RESTORE_TO_TARGET 0
            404 INVALID_SNAPSHOT_ID 1 SNAPSHOT_NOT_FOUND 2 BACKUP_CONFIG_NOT_FOUND 2
            403 CANNOT_DELETE_FROM_CLUSTER_SNAPSHOT 0 CANNOT_MODIFY_SNAPSHOT 1 CANNOT_MODIFY_CLUSTER_SNAPSHOT 1
            403 UNSUPPORTED_SET_BACKUP_STATE 1
            409 CANNOT_GET_BACKUP_CONFIG_INVALID_STATE 0 CANNOT_MODIFY_SHARD_BACKUP_CONFIG 1 MISSING_SYNC_SOURCE 0
            409 CANNOT_START_BACKUP_INVALID_STATE 0 CANNOT_STOP_BACKUP_INVALID_STATE 0
            409 CANNOT_TERMINATE_BACKUP_INVALID_STATE 0
            400 CANNOT_SET_CREDENTIALS_FOR_AUTH_MECHANISM 0 CANNOT_SET_PASSWORD_FOR_AUTH_MECHANISM 0
            400 MISSING_CREDENTIALS_FOR_AUTH_MECHANISM 1 MISSING_PASSWORD 0 INVALID_AUTH_MECHANISM 1
            400 AUTH_MECHANISM_REQUIRES_SSL 1 INVALID_FILTERLIST 0
            400 INVALID_SNAPSHOT_INTERVAL 0 INVALID_SNAPSHOT_RETENTION_PERIOD 0 INVALID_DAILY_SNAPSHOT_RETENTION_PERIOD 0
            400 INVALID_WEEKLY_SNAPSHOT_RETENTION_PERIOD 0 INVALID_MONTHLY_SNAPSHOT_RETENTION_PERIOD 0
            400 INVALID_CLUSTER_CHECKPOINT_INTERVAL 0 CANNOT_SET_CLUSTER_CHECKPOINT_INTERVAL_FOR_REPLICA_SET 0
            400 INVALID_REFERENCE_HOUR_OF_DAY 0 INVALID_REFERENCE_MINUTE_OF_HOUR 0 INVALID_REFERENCE_TIMEZONE_OFFSET 0
            400 CANNOT_SET_POINT_IN_TIME_WINDOW 0 UNFINISHED_ON_DEMAND_SNAPSHOT 0
            404 INVALID_GROUP_ID 1 GROUP_NOT_FOUND 1 GROUP_NAME_NOT_FOUND 1 INVALID_CLUSTER_ID 1 CLUSTER_NOT_FOUND 2
            404 ORG_NOT_FOUND 1 ORG_NAME_NOT_FOUND 1
            409 GROUP_ALREADY_EXISTS 1 MULTIPLE_GROUPS 0 CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP 0
            400 GROUP_MISMATCH 1 NOT_SHARDED 0
            403 CANNOT_MODIFY_MANAGED_HOST 1
            401 USER_UNAUTHORIZED 0 NOT_IN_GROUP 0 NO_CURRENT_USER 0 USER_CANNOT_ACCESS_ORG 0
            401 API_KEY_CANNOT_CREATE_ORG 0 API_KEY_CANNOT_CREATE_GROUP 0
            403 CANNOT_CREATE_FIRST_USER_USERS_ALREADY_EXIST 0
            400 API_KEY_NOT_FOUND 1
            404 INVALID_KEY_ID 1
            400 DUPLICATE_ADDRESSES_IN_INPUT 0
            404 RESOURCE_NOT_FOUND 1
            400 INVALID_JSON 0 INVALID_JSON_ATTRIBUTE 1 INVALID_ATTRIBUTE 1 ATTRIBUTE_READ_ONLY 1 ATTRIBUTE_NEGATIVE 1
            400 ATTRIBUTE_NEGATIVE_OR_ZERO 1 MISSING_ATTRIBUTE 1 MISSING_OR_INVALID_ATTRIBUTE 1
            400 MISSING_ONE_OF_ATTRIBUTES 2 MISSING_ONE_OF_THREE_ATTRIBUTES 3 INVALID_ENUM_VALUE 1
            400 INVALID_QUERY_PARAMETER 1 MISSING_QUERY_PARAMETER 1 MUTUALLY_EXCLUSIVE_QUERY_PARAMETERS 2
            400 VALIDATION_ERROR 1
            429 RATE_LIMITED 3
            500 UNEXPECTED_ERROR 0
            """;

    /** In the older lists with WHITELIST in place of ACCESS_LIST. */
    private static final String OF_LISTS = """
            403 IP_ADDRESS_NOT_ON_ACCESS_LIST 1 RESOURCE_REQUIRES_ACCESS_LIST 0
            404 API_KEY_ACCESS_LIST_NOT_FOUND 0 ACCESS_LIST_NOT_FOUND 2
            400 API_KEY_ACCESS_LIST_ACCESS_DENIED 0 BAD_ACCESS_LIST_ADD_REQUEST 0
            400 CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST 1
            409 ADDRESS_ALREADY_IN_ACCESS_LIST 1
            401 ACCESS_LIST_ACCESS_DENIED 1
            """;

    /** No list has a word for damage. */
    private static final String OURS = "409 CANNOT_START_RESTORE_JOB_FOR_DAMAGED_SNAPSHOT 1";

    @Test
    void everyCode_isAPublishedOne_withItsStatusAndParameters() {
        Map<String, String> expected = new TreeMap<>();
        for (String table : List.of(PUBLISHED, OF_LISTS, OF_LISTS.replace("ACCESS_LIST", "WHITELIST"), OURS)) {
            table.lines().forEach(line -> {
                String[] words = line.split(" ");
                for (int i = 1; i < words.length; i += 2) {
                    expected.put(words[i], words[0] + " " + words[i + 1]);
                }
            });
        }
        Map<String, String> there = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            there.put(code.name(), code.status() + " " + parameters(code));
        }
        assertThat(there).isEqualTo(expected);
    }

    /** How many parameters a code's text has a place for; the first ones, without a gap. */
    private static int parameters(ErrorCode code) {
        List<String> marks = List.of("<a>", "<b>", "<c>");
        String text = code.detail(marks.toArray(String[]::new));
        assertThat(text).as(code.name()).doesNotContain("{");
        List<String> found = new ArrayList<>(marks);
        found.removeIf(mark -> !text.contains(mark));
        assertThat(found).as(code.name()).isEqualTo(marks.subList(0, found.size()));
        return found.size();
    }
}
