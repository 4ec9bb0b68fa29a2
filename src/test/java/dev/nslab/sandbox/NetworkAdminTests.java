package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.limits.SandboxRights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A learner's root without rights over networks ({@code nslab.network-admin: false}). */
@Tag("sandbox")
class NetworkAdminTests extends UnderAttack {
    @Override
    SandboxRights rights() {
        return new SandboxRights(false, true);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("a link", "ip link add left type veth peer name right", "not permitted"),
                Arguments.of("an address", "ip addr add 10.0.0.1/24 dev lo", "not permitted"),
                Arguments.of("to take down lo", "ip link set lo down", "not permitted"),
                Arguments.of("a route", "ip route add 10.0.0.0/8 dev lo", "not permitted"),
                Arguments.of("a nexthop", "ip nexthop add id 1 dev lo", "not permitted"),
                Arguments.of("a queue", "tc qdisc add dev lo root pfifo limit 1", "not permitted"),
                Arguments.of("sysctls of the network", "echo 9 > /proc/sys/net/ipv4/ipfrag_time", "denied"),
                Arguments.of("raw packets", "perl -e 'socket(S, 17, 3, 8) or die $!'", "not permitted"),
                Arguments.of("raw sockets", "perl -e 'socket(S, 2, 3, 1) or die $!'", "not permitted"),
                Arguments.of("a network namespace", "unshare -n true", "No space left"),
                Arguments.of("one in a user namespace of one's own", "unshare -Urn true", "No space left"),
                Arguments.of(
                        "one in the second user namespace",
                        "unshare -Ur unshare -Ur unshare -Urn true",
                        "No space left"),
                Arguments.of(
                        "one with a limit of one's own",
                        "echo 100 > /proc/sys/user/max_net_namespaces; unshare -n true",
                        "No space left"),
                Arguments.of(
                        "one with a limit of one's own, in a user namespace of one's own",
                        "unshare -Ur sh -c 'echo 100 > /proc/sys/user/max_net_namespaces; unshare -n true'",
                        "No space left"),
                Arguments.of("a named one", "ip netns add a", "No space left"),
                Arguments.of("its own, anew", "nsenter -t $$ -n true", "not permitted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, String attack, String reason) {
        assertThat(console.run("{ " + attack + "; } 2>&1")).contains(reason);
    }

    @Test
    void hasANetworkOfItsOwnInWhichLoIsUp() throws Exception {
        assertThat(console.run("ip -br link")).matches("(?s)lo +UNKNOWN .*LOOPBACK,UP.*\n");
        assertThat(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString())
                .isNotEqualTo(console.run("readlink /proc/self/ns/net").strip());
        assertThat(console.run("wc -l < /proc/net/dev").strip()).isEqualTo("3");
    }

    @Test
    void reachesItselfByNameAndByAddress() {
        String server =
                "socket(S, 2, 1, 0) && bind(S, pack_sockaddr_in(80, INADDR_LOOPBACK)) && listen(S, 1) or die $!;";
        String client = "fork or do { accept(C, S); print C \"heard\\n\"; exit }; socket(D, 2, 1, 0);"
                + " connect(D, pack_sockaddr_in(80, INADDR_LOOPBACK)) or die $!; print <D>;";
        assertThat(console.run("perl -MSocket -e '" + server + client + "'")).isEqualTo("heard\n");
    }

    /** An echo request through an ICMP socket, as ping(8) sends it. */
    @Test
    void pingsItself() {
        String echo =
                "socket(S, 2, 2, 1) or die $!; send(S, pack(\"CCnnn\", 8, 0, 0, 0, 1), 0, pack_sockaddr_in(0, INADDR_LOOPBACK))"
                        + " or die $!; recv(S, $a, 99, 0); print unpack(\"C\", $a), \"\\n\"";
        assertThat(console.run("perl -MSocket -e '" + echo + "'")).isEqualTo("0\n");
    }

    @Test
    void otherNamespacesAreMadeAsBefore() {
        assertThat(console.run("unshare -Urpmuif --mount-proc sh -c 'hostname inner; hostname; echo $$'"))
                .isEqualTo("inner\n1\n");
    }
}
