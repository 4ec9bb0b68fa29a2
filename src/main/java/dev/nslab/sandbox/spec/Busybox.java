package dev.nslab.sandbox.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.modulith.NamedInterface;

/** The machine's busybox, if it is linked statically, so that it also runs where there are no libraries. */
@NamedInterface("busybox")
public final class Busybox {
    /** Enough for the heads of an ELF program. */
    private static final int HEAD = 4096;

    /* elf(5), of 64 bits: where the file tells of its program headers, and what one says that needs a loader. */
    private static final int PHOFF = 32;
    private static final int PHENTSIZE = 54;
    private static final int PHNUM = 56;
    private static final int PT_INTERP = 3;

    private Busybox() {}

    public static Optional<Path> find() {
        return Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                .map(folder -> Path.of(folder, "busybox"))
                .filter(path -> Files.isExecutable(path) && isStatic(path))
                .findFirst();
    }

    private static boolean isStatic(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(HEAD)).order(ByteOrder.LITTLE_ENDIAN);
            int first = Math.toIntExact(head.getLong(PHOFF));
            for (int index = 0; index < head.getShort(PHNUM); index++) {
                if (head.getInt(first + index * head.getShort(PHENTSIZE)) == PT_INTERP) {
                    return false;
                }
            }
            return true;
        } catch (IOException | IndexOutOfBoundsException | ArithmeticException e) {
            return false;
        }
    }

    /** Names by which it can be called. */
    static List<String> applets(Path busybox) throws IOException {
        Process process = new ProcessBuilder(busybox.toString(), "--list")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> name.matches("[\\w.\\[-]+"))
                    .toList();
        }
    }
}
