package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.time.Instant;

/**
 * From where a key may do what. An operation that requires the access list is admitted from an address on it. A key
 * without a list is admitted from loopback while nobody from elsewhere can reach the server: behind a proxy or a public
 * URL a loopback address says nothing about who calls.
 */
final class AccessListRule {
    private static final AddressBlock LOOPBACK_V4 = AddressBlock.parse("127.0.0.0/8");
    private static final AddressBlock LOOPBACK_V6 = AddressBlock.parse("::1");

    private final AccessSettings settings;
    private final ListUses uses;

    /** {@code uses} is told which entry let whom through. */
    AccessListRule(AccessSettings settings, ListUses uses) {
        this.settings = settings;
        this.uses = uses;
    }

    /** Throws the documented refusal unless {@code caller} may call from {@code address}. */
    void check(KeyCaller caller, boolean listed, InetAddress address, Instant now) {
        if (!listed && !settings.listOnEveryCall()) {
            return;
        }
        if (!caller.accessList().isEmpty()) {
            AddressBlock block = caller.listing(address);
            if (block == null) {
                throw notOnList(settings, address);
            }
            uses.note(caller.id(), block, address, now);
        } else if (!settings.emptyListAdmits() && !(settings.loopbackOnly() && isLoopback(address))) {
            throw new Refusal(
                    settings.whitelistSpelling()
                            ? ErrorCode.RESOURCE_REQUIRES_WHITELIST
                            : ErrorCode.RESOURCE_REQUIRES_ACCESS_LIST);
        }
    }

    /** The documented refusal of an address that a list does not have. */
    static Refusal notOnList(AccessSettings settings, InetAddress address) {
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
