package dev.nslab.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the helper is to make: directives, KEY and VALUE, which its stages follow in their order (launcher.c, builder.c).
 * Paths without a leading / lie in the sandbox.
 */
final class SandboxSpec {
    /* setrlimit(2) */
    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_NPROC = 6;
    private static final int RLIMIT_NOFILE = 7;
    private static final int RLIMIT_MSGQUEUE = 12;

    /** proc_pid_oom_score_adj(5) */
    private static final String FIRST_TO_BE_KILLED = "1000";

    private static final int TTY_GROUP = 5;

    /** Terminals that tmux and the like open inside come on top of the lab's. */
    private static final int PTYS_PER_TERMINAL = 2;

    private final Words words = Words.of("spec");

    /** @param unlimited what no cgroup limits: "memory" */
    static SandboxSpec of(String hostname, IdMap ids, SandboxLimits limits, Set<String> unlimited) {
        SandboxSpec spec = new SandboxSpec();
        spec.add("oom-score", FIRST_TO_BE_KILLED);
        spec.addOutside(ids, limits);
        spec.add("root", "size=" + limits.fileSystem().toBytes() + ",nr_inodes=" + limits.files() + ",mode=755");
        for (String directory : SandboxFiles.DIRECTORIES) spec.add("directory", directory);
        HostTree.addTo(spec);
        SandboxFiles.links().forEach((path, target) -> spec.add("link", path + " " + target));
        SandboxFiles.files(hostname).forEach((path, content) -> spec.add("file", path + "\n" + content));
        spec.add("proc", "proc");
        spec.add("pts", pts(ids, limits));
        spec.add("hostname", hostname);
        spec.add("interface", "lo");
        if (unlimited.contains("memory"))
            spec.add("data-limit", Long.toString(limits.memory().toBytes()));
        return spec;
    }

    private void addOutside(IdMap ids, SandboxLimits limits) {
        add("mapper", ids.mapper().directive());
        add("uid-map", ids.uids());
        add("gid-map", ids.gids());
        for (String type : new String[] {"cgroup", "ipc", "mnt", "pid", "time", "user", "uts"})
            addSysctl("user/max_" + type + "_namespaces", limits.namespaces());
        addSysctl("user/max_net_namespaces", limits.networkNamespaces());
        add("rlimit", RLIMIT_NPROC + " " + limits.processes());
        add("rlimit", RLIMIT_NOFILE + " " + limits.openFiles());
        add("rlimit", RLIMIT_CORE + " 0");
        add("rlimit", RLIMIT_MSGQUEUE + " 819200");
    }

    /** The sandbox's own namespaces count too. What the kernel lacks needs no limit. */
    private void addSysctl(String name, int limit) {
        if (Files.exists(Path.of("/proc/sys", name))) add("sysctl", name + " " + (limit + 1));
    }

    private static String pts(IdMap ids, SandboxLimits limits) {
        String options = "newinstance,ptmxmode=0666,mode=620,max=" + PTYS_PER_TERMINAL * limits.terminals();
        return ids.hasGroup(TTY_GROUP) ? options + ",gid=" + TTY_GROUP : options;
    }

    SandboxSpec add(String key, String value) {
        words.add(key).add(value);
        return this;
    }

    Words words() {
        return words;
    }
}
