package dev.nslab.sandbox.spec;

import java.util.List;
import java.util.Map;

/** /opt/rootfs without its programs: a minimal Linux tree to begin a container with. */
final class SmallRoot {
    /** MODE and path. */
    static final List<String> DIRECTORIES = List.of(
            "755 opt/rootfs",
            "755 opt/rootfs/bin",
            "755 opt/rootfs/dev",
            "755 opt/rootfs/etc",
            "755 opt/rootfs/home",
            "755 opt/rootfs/mnt",
            "755 opt/rootfs/proc",
            "700 opt/rootfs/root",
            "755 opt/rootfs/run",
            "755 opt/rootfs/sys",
            "1777 opt/rootfs/tmp",
            "755 opt/rootfs/usr",
            "755 opt/rootfs/var");

    static final Map<String, String> LINKS = Map.of(
            "opt/rootfs/sbin", "bin",
            "opt/rootfs/usr/bin", "../bin",
            "opt/rootfs/usr/sbin", "../bin");

    static final Map<String, String> FILES = Map.of(
            "opt/rootfs/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n",
            "opt/rootfs/etc/group", "root:x:0:\n",
            "opt/rootfs/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n");

    private SmallRoot() {}
}
