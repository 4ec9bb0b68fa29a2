package dev.nslab.sandbox.spec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders that live as long as the server that made them. Their names contain its PID, so that those of a server that
 * was killed can be recognised.
 */
public final class ServerFolders {
    private ServerFolders() {}

    public static Path make(Path base, String prefix, FileAttribute<?>... attributes) throws IOException {
        return Files.createTempDirectory(base, prefix + ProcessHandle.current().pid() + "-", attributes);
    }

    public static List<Path> ofDeadServers(Path base, String prefix) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,9})-.*");
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, prefix + "*")) {
            for (Path folder : folders) {
                Matcher matcher = name.matcher(folder.getFileName().toString());
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                    left.add(folder);
                }
            }
        }
        return left;
    }
}
