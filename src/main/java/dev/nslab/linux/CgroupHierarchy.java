package dev.nslab.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mounted hierarchy of cgroups and where this process is in it (cgroups(7)).
 *
 * @param unified true for cgroup v2, false for one of the hierarchies of v1
 * @param controllers for v1, those of this hierarchy; for v2, those that are available where this process is
 * @param top directory of the uppermost cgroup that is seen here
 * @param own directory of this process's cgroup
 */
public record CgroupHierarchy(boolean unified, Set<String> controllers, Path top, Path own) {

    /** Fields of /proc/self/mountinfo (proc_pid_mountinfo(5)) before the separator. */
    private static final int ROOT = 3;

    private static final int MOUNT_POINT = 4;

    /**
     * All hierarchies that are mounted and contain this process.
     *
     * @param self /proc/self, but for tests
     */
    public static List<CgroupHierarchy> all(Path self) {
        try {
            List<String> memberships = Files.readAllLines(self.resolve("cgroup"));
            List<CgroupHierarchy> all = new ArrayList<>();
            for (String mount : Files.readAllLines(self.resolve("mountinfo"))) {
                CgroupHierarchy hierarchy = of(mount, memberships);
                if (hierarchy != null) {
                    all.add(hierarchy);
                }
            }
            return all;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static @Nullable CgroupHierarchy of(String mount, List<String> memberships) throws IOException {
        int separator = mount.indexOf(" - ");
        String[] fields = mount.substring(0, Math.max(separator, 0)).split(" ", -1);
        String[] system = mount.substring(separator + 3).split(" ", -1);
        boolean unified = system[0].equals("cgroup2");
        if (separator < 0 || !(unified || system[0].equals("cgroup"))) {
            return null;
        }
        Set<String> options = Set.of(system[system.length - 1].split(",", -1));
        for (String membership : memberships) {
            String[] parts = membership.split(":", 3);
            if (unified
                    ? parts[0].equals("0")
                    : !parts[1].isEmpty() && options.containsAll(List.of(parts[1].split(",", -1)))) {
                return at(Path.of(fields[MOUNT_POINT]), Path.of(fields[ROOT]), Path.of(parts[2]), unified, parts[1]);
            }
        }
        return null;
    }

    /** Null for a mount that does not show this process's cgroup. */
    private static @Nullable CgroupHierarchy at(Path mountPoint, Path root, Path cgroup, boolean unified, String names)
            throws IOException {
        if (!cgroup.startsWith(root)) {
            return null;
        }
        Path own = mountPoint.resolve(root.relativize(cgroup).toString());
        String controllers = unified ? controllers(own) : names.replace(',', ' ');
        return new CgroupHierarchy(unified, Set.of(controllers.strip().split(" ", -1)), mountPoint, own);
    }

    private static String controllers(Path own) throws IOException {
        Path file = own.resolve("cgroup.controllers");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
