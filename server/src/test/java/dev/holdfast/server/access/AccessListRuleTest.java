package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AccessListRuleTest {
    private static final String ELSEWHERE = "192.0.2.7";

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    // nothing is written before it is told to
    private static final ListUses USES = new ListUses(null);

    private final KeyCaller withList = caller("10.0.0.0/8", "2001:db8::/32");
    private final KeyCaller withoutList = caller();

    @Test
    void operationThatRequiresNoList_isAdmittedFromAnywhere() {
        AccessListRule rule = new AccessListRule(AccessSettings.defaults(false), USES);
        assertAdmits(rule, withList, false, ELSEWHERE);
        assertAdmits(rule, withoutList, false, ELSEWHERE);
    }

    @Test
    void listedOperation_isAdmittedFromAnAddressOnTheList() {
        AccessListRule rule = new AccessListRule(AccessSettings.defaults(false), USES);
        assertAdmits(rule, withList, true, "10.1.2.3");
        assertAdmits(rule, withList, true, "2001:db8::5");
        assertRefuses(rule, withList, ELSEWHERE, ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST, ELSEWHERE);
        assertRefuses(rule, withList, "2001:DB9::0005", ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST, "2001:db9::5");
    }

    @Test
    void list_countsForLoopbackToo() {
        AccessListRule rule = new AccessListRule(AccessSettings.defaults(true), USES);
        assertRefuses(rule, withList, "127.0.0.1", ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST, "127.0.0.1");
    }

    @Test
    void emptyList_admitsLoopback_whileTheServerIsOnLoopbackOnly() {
        AccessListRule rule = new AccessListRule(AccessSettings.defaults(true), USES);
        assertAdmits(rule, withoutList, true, "127.0.0.1");
        assertAdmits(rule, withoutList, true, "127.9.9.9");
        assertAdmits(rule, withoutList, true, "::1");
        assertRefuses(rule, withoutList, ELSEWHERE, ErrorCode.RESOURCE_REQUIRES_ACCESS_LIST);
    }

    @Test
    void emptyList_refusesLoopback_onceOthersCanReachTheServer() {
        AccessListRule rule = new AccessListRule(AccessSettings.defaults(false), USES);
        assertRefuses(rule, withoutList, "127.0.0.1", ErrorCode.RESOURCE_REQUIRES_ACCESS_LIST);
        assertRefuses(rule, withoutList, "::1", ErrorCode.RESOURCE_REQUIRES_ACCESS_LIST);
    }

    @Test
    void emptyList_admitsEverywhere_whenTheSettingSaysSo() {
        AccessListRule rule = new AccessListRule(settings(true, false, false), USES);
        assertAdmits(rule, withoutList, true, ELSEWHERE);
        assertRefuses(rule, withList, ELSEWHERE, ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST, ELSEWHERE);
    }

    @Test
    void everyOperationRequiresTheList_whenTheSettingSaysSo() {
        AccessListRule rule = new AccessListRule(settings(false, true, false), USES);
        assertThat(refusal(rule, withList, false, ELSEWHERE).code()).isEqualTo(ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST);
        assertThat(refusal(rule, withoutList, false, ELSEWHERE).code())
                .isEqualTo(ErrorCode.RESOURCE_REQUIRES_ACCESS_LIST);
    }

    @Test
    void oldSpelling_isASetting() {
        AccessListRule rule = new AccessListRule(settings(false, false, true), USES);
        assertRefuses(rule, withList, ELSEWHERE, ErrorCode.IP_ADDRESS_NOT_ON_WHITELIST, ELSEWHERE);
        assertRefuses(rule, withoutList, ELSEWHERE, ErrorCode.RESOURCE_REQUIRES_WHITELIST);
    }

    private static AccessSettings settings(boolean emptyListAdmits, boolean everyCall, boolean whitelistSpelling) {
        return new AccessSettings(Duration.ofMinutes(5), 16, false, emptyListAdmits, everyCall, whitelistSpelling);
    }

    private static KeyCaller caller(String... blocks) {
        List<AddressBlock> list = Stream.of(blocks).map(AddressBlock::parse).toList();
        return KeyCaller.of(new KeyId("5196d3628d022db4cbc26d9e"), "abcdefgh", null, List.of(), list);
    }

    private static void assertAdmits(AccessListRule rule, KeyCaller caller, boolean listed, String address) {
        assertThatCode(() -> rule.check(caller, listed, address(address), NOW)).doesNotThrowAnyException();
    }

    private static void assertRefuses(
            AccessListRule rule, KeyCaller caller, String address, ErrorCode code, String... parameters) {
        Refusal refusal = refusal(rule, caller, true, address);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.code().status()).isEqualTo(403);
        assertThat(refusal.parameters()).containsExactly(parameters);
    }

    private static Refusal refusal(AccessListRule rule, KeyCaller caller, boolean listed, String address) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> rule.check(caller, listed, address(address), NOW));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
