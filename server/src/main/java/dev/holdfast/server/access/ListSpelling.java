package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;

/** How the API calls an access list: until 2020 a whitelist, in paths as in codes. Who asks the old way is so answered. */
enum ListSpelling {
    ACCESS_LIST(
            "accessList",
            ErrorCode.API_KEY_ACCESS_LIST_NOT_FOUND,
            ErrorCode.API_KEY_ACCESS_LIST_ACCESS_DENIED,
            ErrorCode.ADDRESS_ALREADY_IN_ACCESS_LIST,
            ErrorCode.BAD_ACCESS_LIST_ADD_REQUEST,
            ErrorCode.CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST,
            ErrorCode.ACCESS_LIST_ACCESS_DENIED,
            ErrorCode.ACCESS_LIST_NOT_FOUND),
    WHITELIST(
            "whitelist",
            ErrorCode.API_KEY_WHITELIST_NOT_FOUND,
            ErrorCode.API_KEY_WHITELIST_ACCESS_DENIED,
            ErrorCode.ADDRESS_ALREADY_IN_WHITELIST,
            ErrorCode.BAD_WHITELIST_ADD_REQUEST,
            ErrorCode.CANNOT_REMOVE_CALLER_FROM_WHITELIST,
            ErrorCode.WHITELIST_ACCESS_DENIED,
            ErrorCode.WHITELIST_NOT_FOUND);

    final String segment;
    final ErrorCode notFound;
    final ErrorCode denied;
    final ErrorCode already;
    final ErrorCode bad;
    final ErrorCode caller;
    final ErrorCode userDenied;
    final ErrorCode userNotFound;

    ListSpelling(
            String segment,
            ErrorCode notFound,
            ErrorCode denied,
            ErrorCode already,
            ErrorCode bad,
            ErrorCode caller,
            ErrorCode userDenied,
            ErrorCode userNotFound) {
        this.segment = segment;
        this.notFound = notFound;
        this.denied = denied;
        this.already = already;
        this.bad = bad;
        this.caller = caller;
        this.userDenied = userDenied;
        this.userNotFound = userNotFound;
    }
}
