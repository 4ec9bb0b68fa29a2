package dev.nslab.scan;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares a snapshot, number by number, with what ps, lsns, /proc/PID/status and /proc/PID/ns say inside. */
final class Witness {

    private static final String PS = "exec ps -eww -o pid=,ppid=,euid=,tty=,comm=";
    private static final String ARGUMENTS = "exec ps -eww -o pid=,args=";
    private static final String STATUS = "grep -s ^NSpid: /proc/[0-9]*/status | sed 's,/proc/,,; s,/status:NSpid:,,'";
    private static final String LINKS =
            "stat -c %%N /proc/[0-9]*/ns/{%s} 2>/dev/null |".formatted(String.join(",", ObservedThread.LINKS))
                    + " sed 's,./proc/,,; s,/ns/, ,; s,. -> .[a-z]*:.\\([0-9]*\\).*, \\1,'";
    private static final String UID_MAPS = "grep -sH . /proc/[0-9]*/uid_map | sed 's,/proc/,,; s,/uid_map:, ,'";
    private static final String INTERFACES =
            "grep -sH : /proc/[0-9]*/net/dev | sed 's,/proc/,,; s,/net/dev:, ,; s,:.*,,'";
    private static final String LSNS = "exec lsns -J -o NS,TYPE,NPROCS,PNS,ONS";

    private final LiveSandbox live;
    private final int hostPid;

    /** @param shell a process that is in all the sandbox's own namespaces */
    Witness(LiveSandbox live, int shell) throws Exception {
        this.live = live;
        hostPid = live.hostPid(shell);
    }

    /** Nothing may happen in the sandbox meanwhile. */
    void confirms(Snapshot snapshot) throws Exception {
        confirmsProcesses(snapshot.processes());
        confirmsArguments(snapshot.processes());
        confirmsPids(snapshot.processes());
        confirmsLinks(snapshot.processes());
        confirmsNamespaces(snapshot.namespaces());
        confirmsOfTheirMembers(snapshot, NamespaceType.USER, UID_MAPS, Witness::uidMap);
        confirmsOfTheirMembers(snapshot, NamespaceType.NET, INTERFACES, Witness::interfaces);
    }

    /**
     * Compares what a script, which prints "PID WORD...", says about every member with what the snapshot says about its
     * namespace.
     */
    private void confirmsOfTheirMembers(
            Snapshot snapshot, NamespaceType type, String script, Function<Namespace, Set<String>> told)
            throws Exception {
        Map<Integer, Set<String>> lines = words(script)
                .collect(groupingBy(
                        line -> Integer.valueOf(line.getFirst()),
                        mapping(line -> String.join(" ", line.subList(1, line.size())), toSet())));
        // The sandbox's own root may not look at the init, nor at what a zombie has given up.
        assertThat(snapshot.processes().stream()
                        .skip(1)
                        .filter(process -> process.namespaces().containsKey("mnt")))
                .isNotEmpty()
                .allSatisfy(process -> assertThat(told.apply(LiveSandbox.namespace(snapshot, process, type)))
                        .isEqualTo(lines.getOrDefault(process.pid(), Set.of())));
    }

    private static Set<String> uidMap(Namespace namespace) {
        return namespace.uidMap().stream()
                .map(range -> range.inside() + " " + range.outside() + " " + range.count())
                .collect(toSet());
    }

    private static Set<String> interfaces(Namespace namespace) {
        return Set.copyOf(namespace.interfaces());
    }

    private Stream<List<String>> words(String script) throws Exception {
        return live.witness(hostPid, script).stream()
                .map(line -> List.of(line.strip().split("\\s+")));
    }

    private void confirmsProcesses(List<SandboxProcess> processes) throws Exception {
        List<List<String>> lines = words(PS).toList();
        Set<String> below = new HashSet<>(Set.of("1"));
        // Parents have smaller PIDs than their children. The processes that are not below the init are this witness.
        lines.stream().filter(line -> below.contains(line.get(1))).forEach(line -> below.add(line.getFirst()));
        assertThat(processes.stream().map(Witness::asPs))
                .containsExactlyInAnyOrderElementsOf(lines.stream()
                        .filter(line -> below.contains(line.getFirst()))
                        .toList());
    }

    private static List<String> asPs(SandboxProcess process) {
        String tty = process.tty() == null ? "?" : process.tty();
        return Stream.of(process.pid(), process.parent(), process.uid(), tty, process.command())
                .map(Object::toString)
                .toList();
    }

    private void confirmsArguments(List<SandboxProcess> processes) throws Exception {
        Map<Integer, String> all = words(ARGUMENTS)
                .collect(toMap(
                        line -> Integer.valueOf(line.getFirst()),
                        line -> String.join(" ", line.subList(1, line.size()))));
        assertThat(processes.stream().filter(process -> !process.arguments().isEmpty()))
                .allSatisfy(process -> assertThat(String.join(" ", process.arguments()))
                        .isEqualToNormalizingWhitespace(all.get(process.pid())));
    }

    private void confirmsPids(List<SandboxProcess> processes) throws Exception {
        Map<Integer, List<Integer>> all = words(STATUS)
                .collect(toMap(
                        line -> Integer.valueOf(line.getFirst()),
                        line -> line.stream().skip(1).map(Integer::valueOf).toList()));
        assertThat(processes).allSatisfy(process -> assertThat(process.pids()).isEqualTo(all.get(process.pid())));
    }

    private void confirmsLinks(List<SandboxProcess> processes) throws Exception {
        Map<Integer, Map<String, Long>> all = words(LINKS)
                .filter(line -> ObservedThread.LINKS.contains(line.get(1)))
                .collect(groupingBy(
                        line -> Integer.valueOf(line.getFirst()),
                        toMap(line -> line.get(1), line -> Long.valueOf(line.get(2)))));
        // The sandbox's own root may not look at the init.
        assertThat(processes.stream().skip(1))
                .allSatisfy(process -> assertThat(process.namespaces()).isEqualTo(all.get(process.pid())));
    }

    private record Lsns(
            String type,
            int members,
            @Nullable Long parent,
            @Nullable Long owner) {}

    private void confirmsNamespaces(List<Namespace> namespaces) throws Exception {
        String json = String.join("\n", live.witness(hostPid, LSNS));
        Map<Long, Lsns> expected = new TreeMap<>();
        for (JsonNode row : new JsonMapper().readTree(json).get("namespaces")) {
            expected.put(row.get("ns").asLong(), lsns(row));
        }
        Map<Long, Lsns> actual = new TreeMap<>();
        namespaces.forEach(namespace -> actual.put(namespace.inode(), lsns(namespace)));
        // lsns sees only processes, and the namespaces that they hold.
        actual.keySet().retainAll(expected.keySet());
        assertThat(actual).isEqualTo(expected);
        assertThat(namespaces.stream().filter(namespace -> namespace.members() > 0))
                .allSatisfy(namespace -> assertThat(expected).containsKey(namespace.inode()));
    }

    private static Lsns lsns(JsonNode row) {
        return new Lsns(
                row.get("type").asString(),
                row.get("nprocs").asInt(),
                orNull(row.path("pns").asLong(0)),
                orNull(row.path("ons").asLong(0)));
    }

    private static @Nullable Long orNull(long inode) {
        return inode == 0 ? null : inode;
    }

    /**
     * The numbers of members agree: in the sandbox's own namespaces, lsns counts itself, but not the init, which it may
     * not look at.
     */
    private static Lsns lsns(Namespace namespace) {
        return new Lsns(namespace.type().toString(), namespace.members(), namespace.parent(), namespace.owner());
    }
}
