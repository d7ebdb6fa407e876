package dev.holdfast.contract.publicapi;

/**
 * Every documented error code that we answer, with its HTTP status and its text. {@code {0}}, {@code {1}} … in a text
 * stand for the document's {@code parameters}, in order.
 *
 * <p>Source: "API Error Codes" of the Ops Manager documentation. The statuses are the documented ones: a malformed id
 * is 404, not 400.
 */
public enum ErrorCode {
    CONFIG_RESTORE_JOB_NOT_FOUND(404, "Config server {1} has no restore job {0}."),
    CONFIG_SNAPSHOT_NOT_FOUND(404, "Config server {1} has no snapshot {0}."),
    NOT_CONFIG_SERVER(404, "Host {0} is not a mirrored config server (SCCC)."),
    HOST_NOT_FOUND(404, "No host with ID {0} exists in group {1}."),
    HOSTNAME_AND_PORT_NOT_FOUND(404, "No host {0} exists in group {1}."),
    INVALID_JOB_ID(404, "An invalid restore job ID {0} was specified: it must be 24 lower-case hexadecimal digits."),
    RESTORE_JOB_NOT_FOUND(404, "No restore job with ID {0} exists for cluster {1}."),
    RESTORE_JOB_NOT_FOUND_IN_GROUP(404, "No restore job with ID {0} exists in group {1}."),
    CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT(
            409, "Cannot start a restore job for a deleted snapshot. Choose another one."),
    CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT(
            409, "Cannot start a restore job for a deleted cluster snapshot. Choose another one."),
    CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT(
            409,
            "Cannot start a restore job for an incomplete cluster snapshot. Wait until it is complete or choose an earlier one."),
    /** Ours: Ops Manager has no word for it. */
    CANNOT_START_RESTORE_JOB_FOR_DAMAGED_SNAPSHOT(
            409, "Snapshot {0} cannot be restored: stored bytes are damaged. Choose another one."),
    LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION(409, "The link would outlive the snapshot. Ask for a shorter time."),
    NO_CHECKPOINT_FOR_PIT_RESTORE(409, "No checkpoint is usable for the requested time."),
    CHECKPOINT_NOT_FOUND(404, "No checkpoint with ID {0} exists for cluster {1}."),
    INVALID_CHECKPOINT_ID(404, "An invalid checkpoint ID {0} was specified."),
    FRACTIONAL_TIMESTAMP(400, "Timestamps must be whole numbers of seconds."),
    RESTORE_INITIATION_FAILED(409, "The restore cannot be started: {0}"),
    CANNOT_RESTORE_TO_TARGET(
            403, "The current key may not restore to the target: a backup role in its group is missing."),
    UNSUPPORTED_DELIVERY_METHOD(400, "The delivery method is not supported. Use HTTP."),
    INVALID_SNAPSHOT_ID(404, "An invalid snapshot ID {0} was specified: it must be 24 lower-case hexadecimal digits."),
    SNAPSHOT_NOT_FOUND(404, "No snapshot with ID {0} exists for cluster {1}."),
    CANNOT_DELETE_FROM_CLUSTER_SNAPSHOT(403, "A component of a cluster snapshot cannot be deleted alone."),
    CANNOT_MODIFY_SNAPSHOT(403, "Snapshot {0} cannot be modified that way."),
    CANNOT_MODIFY_CLUSTER_SNAPSHOT(
            403, "Snapshot {0} is a component of a cluster snapshot and cannot be modified alone."),
    BACKUP_CONFIG_NOT_FOUND(404, "No backup configuration exists for cluster {0} in group {1}."),
    CANNOT_GET_BACKUP_CONFIG_INVALID_STATE(409, "The backup of the cluster is not in a state for that."),
    CANNOT_MODIFY_SHARD_BACKUP_CONFIG(
            409, "The backup of a member cannot be changed alone. Change that of the sharded cluster {0}."),
    CANNOT_START_BACKUP_INVALID_STATE(409, "A backup can be started only when it is INACTIVE or STOPPED."),
    CANNOT_STOP_BACKUP_INVALID_STATE(409, "A backup can be stopped only when it is STARTED."),
    CANNOT_TERMINATE_BACKUP_INVALID_STATE(409, "A backup can be terminated only when it is STOPPED."),
    UNSUPPORTED_SET_BACKUP_STATE(403, "The state {0} cannot be set."),
    CANNOT_SET_CREDENTIALS_FOR_AUTH_MECHANISM(400, "The authentication mechanism takes no credentials."),
    CANNOT_SET_PASSWORD_FOR_AUTH_MECHANISM(400, "The authentication mechanism takes no password."),
    MISSING_CREDENTIALS_FOR_AUTH_MECHANISM(400, "The authentication mechanism {0} needs a username."),
    MISSING_PASSWORD(400, "The username needs a password."),
    INVALID_AUTH_MECHANISM(400, "An invalid authentication mechanism {0} was specified."),
    AUTH_MECHANISM_REQUIRES_SSL(400, "The authentication mechanism {0} requires SSL."),
    INVALID_FILTERLIST(400, "A backup has either excluded or included namespaces, not both."),
    MISSING_SYNC_SOURCE(409, "The change needs a new initial sync. Say with syncSource where from."),
    INVALID_SNAPSHOT_INTERVAL(400, "The snapshot interval must be 6, 8, 12 or 24 hours."),
    INVALID_SNAPSHOT_RETENTION_PERIOD(
            400, "The snapshot retention must be 1 to 5 days, or up to 30 with an interval of 24 hours."),
    INVALID_DAILY_SNAPSHOT_RETENTION_PERIOD(400, "The daily snapshot retention must be 1 to 365 days, or 0 for none."),
    INVALID_WEEKLY_SNAPSHOT_RETENTION_PERIOD(
            400, "The weekly snapshot retention must be 1 to 52 weeks, or 0 for none."),
    INVALID_MONTHLY_SNAPSHOT_RETENTION_PERIOD(
            400, "The monthly snapshot retention must be 1 to 36 months, or 0 for none."),
    INVALID_CLUSTER_CHECKPOINT_INTERVAL(400, "The cluster checkpoint interval must be 15, 30 or 60 minutes."),
    CANNOT_SET_CLUSTER_CHECKPOINT_INTERVAL_FOR_REPLICA_SET(
            400, "A replica set has no checkpoints, and no interval of them."),
    INVALID_REFERENCE_HOUR_OF_DAY(400, "The reference hour must be 0 to 23."),
    INVALID_REFERENCE_MINUTE_OF_HOUR(400, "The reference minute must be 0 to 59."),
    INVALID_REFERENCE_TIMEZONE_OFFSET(400, "The reference time zone offset must be like +0000, or Z."),
    CANNOT_SET_POINT_IN_TIME_WINDOW(400, "The point-in-time window must be 1 to 8760 hours."),
    UNFINISHED_ON_DEMAND_SNAPSHOT(400, "Another snapshot that was asked for is not finished yet."),
    INVALID_GROUP_ID(404, "An invalid group ID {0} was specified: it must be 24 lower-case hexadecimal digits."),
    GROUP_NOT_FOUND(404, "No group with ID {0} exists."),
    GROUP_NAME_NOT_FOUND(404, "No group with name {0} exists."),
    GROUP_ALREADY_EXISTS(409, "A group with name {0} already exists."),
    MULTIPLE_GROUPS(409, "Several groups bear that name. Ask by ID."),
    GROUP_MISMATCH(400, "The group ID {0} in the body is not the one in the URL."),
    INVALID_CLUSTER_ID(404, "An invalid cluster ID {0} was specified: it must be 24 lower-case hexadecimal digits."),
    CLUSTER_NOT_FOUND(404, "No cluster with ID {0} exists in group {1}."),
    NOT_SHARDED(400, "Only a sharded cluster can be changed that way."),
    ORG_NOT_FOUND(404, "No organization with ID {0} exists."),
    ORG_NAME_NOT_FOUND(404, "No organization with name {0} exists."),
    CANNOT_MODIFY_MANAGED_HOST(403, "Host {0} is managed and cannot be changed."),
    CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP(409, "A group with backups cannot be deleted."),
    USER_UNAUTHORIZED(401, "The current key is not authorized to perform this action: a role is missing."),
    NOT_IN_GROUP(401, "The current key is not in the group, or the group does not exist."),
    USER_CANNOT_ACCESS_ORG(
            401, "The current key is no member of the organization, or the organization does not exist."),
    NO_CURRENT_USER(401, "You are not authorized for this resource."),
    IP_ADDRESS_NOT_ON_ACCESS_LIST(
            403, "IP address {0} is not allowed to access this resource: it is not on the access list of the key."),
    RESOURCE_REQUIRES_ACCESS_LIST(403, "This resource requires an access list, and the key has none."),
    IP_ADDRESS_NOT_ON_WHITELIST(
            403, "IP address {0} is not allowed to access this resource: it is not on the whitelist of the key."),
    RESOURCE_REQUIRES_WHITELIST(403, "This resource requires a whitelist, and the key has none."),
    API_KEY_NOT_FOUND(400, "No API key with ID {0} exists."),
    INVALID_KEY_ID(404, "An invalid API key ID {0} was specified."),
    API_KEY_ACCESS_LIST_NOT_FOUND(404, "The access list of the API key has no such entry."),
    API_KEY_WHITELIST_NOT_FOUND(404, "The whitelist of the API key has no such entry."),
    API_KEY_ACCESS_LIST_ACCESS_DENIED(
            400, "The access list of an API key is for that key itself and for the owners of its organization."),
    API_KEY_WHITELIST_ACCESS_DENIED(
            400, "The whitelist of an API key is for that key itself and for the owners of its organization."),
    ADDRESS_ALREADY_IN_ACCESS_LIST(409, "The address {0} is already in the access list."),
    ADDRESS_ALREADY_IN_WHITELIST(409, "The address {0} is already in the whitelist."),
    BAD_ACCESS_LIST_ADD_REQUEST(400, "An access list entry has either an ipAddress or a cidrBlock, not both."),
    BAD_WHITELIST_ADD_REQUEST(400, "A whitelist entry has either an ipAddress or a cidrBlock, not both."),
    DUPLICATE_ADDRESSES_IN_INPUT(400, "Two of the given addresses are the same."),
    CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST(
            400, "The address {0} cannot be removed from the access list: this very request came from there."),
    CANNOT_REMOVE_CALLER_FROM_WHITELIST(
            400, "The address {0} cannot be removed from the whitelist: this very request came from there."),
    ACCESS_LIST_ACCESS_DENIED(401, "The access list of user {0} is for that user alone."),
    WHITELIST_ACCESS_DENIED(401, "The whitelist of user {0} is for that user alone."),
    ACCESS_LIST_NOT_FOUND(404, "The access list of user {1} has no entry {0}."),
    WHITELIST_NOT_FOUND(404, "The whitelist of user {1} has no entry {0}."),
    API_KEY_CANNOT_CREATE_ORG(401, "The current key may not create an organization. Name one with orgId."),
    API_KEY_CANNOT_CREATE_GROUP(401, "The current key may not create a group in that organization."),
    CANNOT_CREATE_FIRST_USER_USERS_ALREADY_EXIST(403, "The first user can be created only while there is nobody."),
    RESOURCE_NOT_FOUND(404, "No such resource: {0}"),
    INVALID_JSON(400, "The body is not a JSON object that we can read."),
    INVALID_JSON_ATTRIBUTE(400, "The attribute {0} is not valid JSON of the right shape."),
    INVALID_ATTRIBUTE(400, "Invalid attribute {0} specified."),
    ATTRIBUTE_READ_ONLY(400, "The attribute {0} is read-only and cannot be changed."),
    ATTRIBUTE_NEGATIVE(400, "The attribute {0} cannot be negative."),
    ATTRIBUTE_NEGATIVE_OR_ZERO(400, "The attribute {0} must be greater than zero."),
    MISSING_ATTRIBUTE(400, "The required attribute {0} was not specified."),
    MISSING_OR_INVALID_ATTRIBUTE(400, "The required attribute {0} was not specified or is invalid."),
    MISSING_ONE_OF_ATTRIBUTES(400, "Either {0} or {1} must be specified."),
    MISSING_ONE_OF_THREE_ATTRIBUTES(400, "One of {0}, {1} and {2} must be specified."),
    INVALID_ENUM_VALUE(400, "An invalid enumeration value {0} was specified."),
    INVALID_QUERY_PARAMETER(400, "Invalid query parameter {0} specified."),
    MISSING_QUERY_PARAMETER(400, "The required query parameter {0} was not specified."),
    MUTUALLY_EXCLUSIVE_QUERY_PARAMETERS(400, "The query parameters {0} and {1} exclude each other."),
    VALIDATION_ERROR(400, "{0}"),
    RATE_LIMITED(429, "The resource {0} is limited to {1} requests every {2} minutes."),
    UNEXPECTED_ERROR(500, "An unexpected error occurred. The server's log has more under the request id.");

    private final int status;
    private final String template;

    ErrorCode(int status, String template) {
        this.status = status;
        this.template = template;
    }

    /** The HTTP status of an answer with this code. */
    public int status() {
        return status;
    }

    /** The code's text with {@code parameters} inserted; what stands in braces within a parameter is left alone. */
    public String detail(String... parameters) {
        StringBuilder text = new StringBuilder(template.length() + 32);
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            // a place is one digit between braces; the templates above hold no other brace
            int place = template.charAt(open + 1) - '0';
            text.append(template, at, open);
            text.append(place < parameters.length ? parameters[place] : "{" + place + "}");
            at = open + 3;
        }
        return text.append(template, at, template.length()).toString();
    }
}
