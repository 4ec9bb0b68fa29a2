package dev.nslab.sandbox.spec;

import dev.nslab.limits.Limits;
import dev.nslab.limits.SandboxRights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the helper is to create: directives of a KEY and a VALUE, which its stages follow in order (launcher.c,
 * builder.c). Paths without a leading / are inside the sandbox.
 */
public final class SandboxSpec {
    /* setrlimit(2) */
    private static final int RLIMIT_DATA = 2;
    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_NPROC = 6;
    private static final int RLIMIT_NOFILE = 7;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final int RLIMIT_SIGPENDING = 11;
    private static final int RLIMIT_MSGQUEUE = 12;

    /*
     * What the kernel counts for whoever made the sandbox's user namespace, too. Where that is the server's user, each sandbox
     * gets a small part of what this user may have; a server that is root makes it a user of the sandbox's own, who has what a
     * login has.
     */
    private record Counted(int inotifyInstances, int inotifyWatches, int messageQueueBytes) {
        /** Nine message queues as mq_open(3) makes them by default, of 10 messages. */
        static final Counted FOR_THE_SANDBOX = new Counted(128, 8192, 800 * 1024);

        /** One such queue, and a smaller one. */
        static final Counted FOR_THE_SERVER = new Counted(8, 512, 128 * 1024);
    }

    private static final int LOCKED_BYTES = 64 * 1024;
    private static final int PENDING_SIGNALS = 256;

    private static final int TTY_GROUP = 5;

    /** Programs such as tmux open terminals inside, in addition to the lab's. */
    private static final int PTYS_PER_TERMINAL = 2;

    private final HelperRequest words = HelperRequest.of("spec");

    /**
     * The specification of a sandbox that is to be started.
     *
     * @param unlimited what no cgroup limits: "memory"
     * @param divisible whether it has cgroups of its own to divide
     */
    public static SandboxSpec of(
            String hostname, IdMap ids, Limits limits, SandboxRights rights, Set<String> unlimited, boolean divisible) {
        SandboxSpec spec = new SandboxSpec();
        spec.add("oom-score", OomScore.FIRST);
        spec.addOutside(ids, limits);
        spec.addNetwork(ids, limits, rights);
        spec.add("root", "size=" + limits.fileSystem().toBytes() + ",nr_inodes=" + limits.files() + ",mode=755");
        Accounts accounts = new Accounts(ids);
        for (String directory : SandboxFiles.directories(accounts)) {
            spec.add("directory", directory);
        }
        HostTree.addTo(spec);
        SandboxFiles.links().forEach((path, target) -> spec.add("link", path + " " + target));
        SandboxFiles.files(hostname, accounts).forEach((path, content) -> spec.add("file", path + "\n" + content));
        for (String access : accounts.access()) {
            spec.add("access", access);
        }
        spec.add("proc", "proc");
        spec.add("sys", rights.sysfs() ? "sysfs" : "empty");
        spec.add("cgroups", divisible ? "cgroup2" : "tmpfs");
        spec.add("pts", pts(ids, limits));
        spec.add("hostname", hostname);
        if (rights.networkAdmin()) {
            spec.add("interface", "lo");
        }
        // For shells and not for the init: the init must be able to pass on a terminal even when a learner has as many
        // files in transit through sockets as they may (unix(7)).
        spec.add("shell-rlimit", RLIMIT_NOFILE + " " + limits.openFiles());
        if (unlimited.contains("memory")) {
            spec.add("shell-rlimit", RLIMIT_DATA + " " + limits.memory().toBytes());
        }
        return spec;
    }

    private void addOutside(IdMap ids, Limits limits) {
        add("mapper", ids.mapper().directive());
        add("uid-map", ids.uids());
        add("gid-map", ids.gids());
        for (String type : new String[] {"cgroup", "ipc", "mnt", "pid", "time", "user", "uts"}) {
            addSysctl("user/max_" + type + "_namespaces", limits.namespaces() + 1);
        }
        Counted counted = ids.mapper() == IdMap.Mapper.ROOT ? Counted.FOR_THE_SANDBOX : Counted.FOR_THE_SERVER;
        addSysctl("user/max_inotify_instances", counted.inotifyInstances());
        addSysctl("user/max_inotify_watches", counted.inotifyWatches());
        add("rlimit", RLIMIT_NPROC + " " + limits.processes());
        add("rlimit", RLIMIT_CORE + " 0");
        add("rlimit", RLIMIT_MEMLOCK + " " + LOCKED_BYTES);
        add("rlimit", RLIMIT_SIGPENDING + " " + PENDING_SIGNALS);
        add("rlimit", RLIMIT_MSGQUEUE + " " + counted.messageQueueBytes());
    }

    /**
     * If learners have no rights over it, the sandbox's network is created outside, and no other can be created. What
     * works without such rights elsewhere works here, too: ping(8), by ICMP sockets, and listening on ports below 1024.
     */
    private void addNetwork(IdMap ids, Limits limits, SandboxRights rights) {
        addSysctl("user/max_net_namespaces", rights.networkAdmin() ? limits.networkNamespaces() + 1 : 1);
        String pinging = "net/ipv4/ping_group_range 0 " + (ids.has(IdMap.NOBODY) ? IdMap.NOBODY : 0);
        if (rights.networkAdmin()) {
            add("network-sysctl", pinging);
            return;
        }
        add("network", "lo");
        add("sysctl", pinging);
        addSysctl("net/ipv4/ip_unprivileged_port_start", 0);
    }

    /**
     * The sandbox's own namespace counts as well, so the limit is one more than it may create. A type that the kernel
     * lacks needs no limit.
     */
    private void addSysctl(String name, int limit) {
        addSysctl(name, Integer.toString(limit));
    }

    private void addSysctl(String name, String value) {
        if (Files.exists(Path.of("/proc/sys", name))) {
            add("sysctl", name + " " + value);
        }
    }

    private static String pts(IdMap ids, Limits limits) {
        String options = "newinstance,ptmxmode=0666,mode=620,max=" + PTYS_PER_TERMINAL * limits.terminals();
        return ids.has(TTY_GROUP) ? options + ",gid=" + TTY_GROUP : options;
    }

    SandboxSpec add(String key, String value) {
        words.add(key).add(value);
        return this;
    }

    public HelperRequest words() {
        return words;
    }
}
