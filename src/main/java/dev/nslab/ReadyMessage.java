package dev.nslab;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the person at the terminal, and scripts that wait for it, where the lab answers. */
@Component
class ReadyMessage {

    @EventListener
    void print(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            System.out.println(
                    "nslab is ready: http://localhost:" + context.getWebServer().getPort());
        }
    }
}
