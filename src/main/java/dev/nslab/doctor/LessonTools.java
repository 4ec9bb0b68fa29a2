package dev.nslab.doctor;

import dev.nslab.sandbox.spec.Busybox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs that lessons use. Sandboxes see the machine's own /usr, so what is missing there is missing in them. */
public final class LessonTools {
    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"));

    /** Any one of the commands will do; the package is Debian's and Ubuntu's. */
    public record Tool(List<String> commands, String packageName) {

        boolean isMissing() {
            return commands.stream()
                    .noneMatch(command ->
                            FOLDERS.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(command))));
        }
    }

    private static final List<Tool> TOOLS = List.of(
            new Tool(List.of("bash"), "bash"),
            new Tool(List.of("ls"), "coreutils"),
            new Tool(List.of("unshare"), "util-linux"),
            new Tool(List.of("nsenter"), "util-linux"),
            new Tool(List.of("lsns"), "util-linux"),
            new Tool(List.of("mount"), "mount"),
            new Tool(List.of("ps"), "procps"),
            new Tool(List.of("pstree"), "psmisc"),
            new Tool(List.of("ip"), "iproute2"),
            new Tool(List.of("ping"), "iputils-ping"),
            new Tool(List.of("man"), "man-db"),
            new Tool(List.of("hostname"), "hostname"),
            new Tool(List.of("less"), "less"),
            new Tool(List.of("vim", "vi", "nano"), "nano"));

    /** A statically linked one, from which /opt/rootfs is built. */
    private static final Tool BUSYBOX = new Tool(List.of("busybox"), "busybox-static");

    private LessonTools() {}

    /** In the order in which lessons need them. */
    public static List<Tool> missing() {
        return Stream.concat(
                        TOOLS.stream().filter(Tool::isMissing),
                        Busybox.find().isPresent() ? Stream.empty() : Stream.of(BUSYBOX))
                .toList();
    }

    /** "pstree, vim/vi/nano" */
    public static String names(List<Tool> tools) {
        return tools.stream().map(tool -> String.join("/", tool.commands())).collect(Collectors.joining(", "));
    }

    /** As arguments for apt-get: "psmisc iproute2" */
    public static String packages(List<Tool> tools) {
        return tools.stream().map(Tool::packageName).distinct().collect(Collectors.joining(" "));
    }
}
