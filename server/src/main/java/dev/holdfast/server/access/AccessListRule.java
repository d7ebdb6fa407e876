package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;

/**
 * From where a key may do what. An operation that requires the access list is admitted from an address on it. A key
 * without a list is admitted from loopback while nobody from elsewhere can reach the server: behind a proxy or a public
 * URL a loopback address says nothing about who calls.
 */
final class AccessListRule {
    private static final AddressBlock LOOPBACK_V4 = AddressBlock.parse("127.0.0.0/8");
    private static final AddressBlock LOOPBACK_V6 = AddressBlock.parse("::1");

    private final AccessSettings settings;

    AccessListRule(AccessSettings settings) {
        this.settings = settings;
    }

    /** Throws the documented refusal unless {@code caller} may call from {@code address}. */
    void check(KeyCaller caller, boolean listed, InetAddress address) {
        if (!listed && !settings.listOnEveryCall()) {
            return;
        }
        if (!caller.accessList().isEmpty()) {
            if (!caller.lists(address)) {
                throw notOnList(address);
            }
        } else if (!settings.emptyListAdmits() && !(settings.loopbackOnly() && isLoopback(address))) {
            throw new Refusal(
                    settings.whitelistSpelling()
                            ? ErrorCode.RESOURCE_REQUIRES_WHITELIST
                            : ErrorCode.RESOURCE_REQUIRES_ACCESS_LIST);
        }
    }

    private Refusal notOnList(InetAddress address) {
        AddressBlock block = AddressBlock.of(address);
        return new Refusal(
                settings.whitelistSpelling()
                        ? ErrorCode.IP_ADDRESS_NOT_ON_WHITELIST
                        : ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST,
                block.singleAddress());
    }

    private static boolean isLoopback(InetAddress address) {
        return LOOPBACK_V4.contains(address) || LOOPBACK_V6.contains(address);
    }
}
