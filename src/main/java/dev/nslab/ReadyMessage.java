package dev.nslab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells where the lab answers: the person at the terminal in words, and a script by a file that it has named. */
@Component
class ReadyMessage {

    private final @Nullable String portFile;

    ReadyMessage(@Value("${nslab.port-file:#{null}}") @Nullable String portFile) {
        this.portFile = portFile;
    }

    @EventListener
    void print(ApplicationReadyEvent event) throws IOException {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            int port = context.getWebServer().getPort();
            System.out.println("nslab is ready: http://localhost:" + port);
            if (portFile != null) {
                Files.writeString(Path.of(portFile), Integer.toString(port));
            }
        }
    }
}
