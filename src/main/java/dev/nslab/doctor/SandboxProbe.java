package dev.nslab.doctor;

import dev.nslab.sandbox.Call;
import dev.nslab.sandbox.ExitStatus;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxListener;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.Shell;
import dev.nslab.sandbox.ShellRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Starts a sandbox as learners get it, and does in it what lessons do. */
final class SandboxProbe {

    private static final long DEADLINE = 10;

    /** All types at once, nested, with a proc: the most that a lesson needs. */
    private static final List<String> NEST = List.of("unshare", "--fork", "-Urpmuin", "--mount-proc", "true");

    private static final List<String> NEST_WITHOUT_NETWORK =
            List.of("unshare", "--fork", "-Urpmui", "--mount-proc", "true");

    /**
     * Opens each file as a program does that wants to be woken, and writes nothing. If there are no such files, none
     * can be opened. By a second path, too: AppArmor may have closed the usual one alone.
     */
    private static final List<String> OPEN_PRESSURE = List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount --rbind /proc /mnt;"
                    + " for file in /proc/pressure/* /mnt/pressure/*; do (: >> $file) 2> /dev/null && exit 1; done; exit 0");

    /** Of the things that a network has in sysfs, its own loopback device always exists. */
    private static final List<String> LOOK_INTO_SYSFS = List.of("test", "-d", "/sys/class/net/lo");

    /** Makes a cgroup, and sees that processes can be limited in it. */
    private static final List<String> DIVIDE_CGROUP = List.of(
            "sh", "-c", "cd /sys/fs/cgroup && mkdir doctor && echo 5 > doctor/pids.max; s=$?; rmdir doctor; exit $s");

    /** Exit status 1: what is below exists, but is not visible through the mount. */
    private static final List<String> LOOK_INTO_SMALL_ROOT = List.of(
            "sh",
            "-c",
            "test -x /opt/rootfs/bin/busybox && exit; test -x /opt/nslab/rootfs/bin/busybox && exit 1; exit 2");

    private final Sandboxes sandboxes;
    private final Host host;

    SandboxProbe(Sandboxes sandboxes, Host host) {
        this.sandboxes = sandboxes;
        this.host = host;
    }

    List<Finding> findings() {
        Sandbox sandbox;
        try {
            sandbox = sandboxes.start("doctor");
        } catch (SandboxException e) {
            return List.of(Finding.bad("namespaces", "refused", String.valueOf(e.getMessage())));
        }
        try {
            List<Finding> findings = new ArrayList<>(List.of(namespaces(sandbox)));
            findings.addAll(nested(sandbox));
            findings.add(pressure(sandbox));
            findings.add(sysfs(sandbox));
            findings.add(division(sandbox));
            findings.add(smallRoot(sandbox));
            return findings;
        } finally {
            sandbox.end();
        }
    }

    private Finding namespaces(Sandbox sandbox) {
        Map<String, Long> own = sandbox.namespaces();
        List<String> types = own.keySet().stream()
                .filter(type -> !type.endsWith("_for_children"))
                .sorted()
                .toList();
        List<String> shared = types.stream()
                .filter(type -> host.namespace(type).equals(OptionalLong.of(own.getOrDefault(type, 0L))))
                .toList();
        return shared.isEmpty()
                ? Finding.good("namespaces", "made", String.join(", ", types))
                : Finding.weak("namespaces", "shared", String.join(", ", shared));
    }

    private List<Finding> nested(Sandbox sandbox) {
        List<String> nest = sandboxes.rights().networkAdmin() ? NEST : NEST_WITHOUT_NETWORK;
        CompletableFuture<Call> heard = new CompletableFuture<>();
        sandbox.listen(new SandboxListener() {
            @Override
            public void onCall(Call call) {
                heard.complete(call);
            }

            @Override
            public void onStateChange() {}
        });
        try {
            return List.of(nest(nest, run(sandbox, nest)), listener(heard));
        } catch (SandboxException | ExecutionException | TimeoutException e) {
            return List.of(Finding.bad("nested", "failed", String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.bad("nested", "failed", "interrupted"));
        }
    }

    private static ExitStatus run(Sandbox sandbox, List<String> command)
            throws SandboxException, ExecutionException, TimeoutException, InterruptedException {
        Shell shell = sandbox.open(new ShellRequest(command, 80, 24, Map.of()));
        try {
            return shell.exit().get(DEADLINE, TimeUnit.SECONDS);
        } finally {
            shell.end();
            shell.master().close();
        }
    }

    private Finding pressure(Sandbox sandbox) {
        return tried(
                "pressure",
                sandbox,
                OPEN_PRESSURE,
                status -> status == 0
                        ? Finding.good("pressure", "closed")
                        : Finding.weak("pressure", host.isContainer() ? "contained" : "open"));
    }

    private Finding sysfs(Sandbox sandbox) {
        if (!sandboxes.rights().sysfs()) {
            return Finding.good("sysfs", "off");
        }
        return tried(
                "sysfs",
                sandbox,
                LOOK_INTO_SYSFS,
                status -> status == 0
                        ? Finding.good("sysfs", "own")
                        : Finding.weak("sysfs", host.isContainer() ? "contained" : "masked"));
    }

    private Finding division(Sandbox sandbox) {
        return tried(
                "division",
                sandbox,
                DIVIDE_CGROUP,
                status -> status == 0 ? Finding.good("division", "own") : Finding.weak("division", whyNotDivisible()));
    }

    private String whyNotDivisible() {
        if (host.isContainer()) {
            return "contained";
        }
        return host.hasCgroupsOfVersion2() ? "miss" : "old";
    }

    private static Finding smallRoot(Sandbox sandbox) {
        return tried("rootfs", sandbox, LOOK_INTO_SMALL_ROOT, status -> switch (status) {
            case 0 -> Finding.good("rootfs", "whole");
            case 1 -> Finding.weak("rootfs", "refused");
            default -> Finding.weak("rootfs", "missing");
        });
    }

    private static Finding tried(String check, Sandbox sandbox, List<String> command, IntFunction<Finding> finding) {
        try {
            return finding.apply(run(sandbox, command).status());
        } catch (SandboxException | ExecutionException | TimeoutException e) {
            return Finding.weak(check, "unknown", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.weak(check, "unknown", "interrupted");
        }
    }

    private static Finding nest(List<String> command, ExitStatus status) {
        return status.status() == 0
                ? Finding.good("nested", "made", String.join(" ", command))
                : Finding.bad("nested", "failed", String.join(" ", command) + ": " + status.status());
    }

    private static Finding listener(CompletableFuture<Call> heard) throws InterruptedException, ExecutionException {
        try {
            return Finding.good(
                    "seccomp", "heard", heard.get(1, TimeUnit.SECONDS).syscall());
        } catch (TimeoutException e) {
            return Finding.weak("seccomp", "deaf");
        }
    }
}
