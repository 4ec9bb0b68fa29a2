package dev.nslab.lab.web;

import dev.nslab.account.Caller;
import dev.nslab.account.LearnerQuota;
import dev.nslab.lab.LabDirectory;
import dev.nslab.lab.LabLookup;
import dev.nslab.lab.Right;
import dev.nslab.limits.Limits;
import dev.nslab.web.Connection;
import dev.nslab.web.SocketEndpoint;
import dev.nslab.web.SocketSender;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The two kinds of WebSocket of a lab: its terminals, and what happens in its sandbox. */
@Configuration(proxyBeanMethods = false)
class LabSocketConfiguration {

    private final LabDirectory labs;
    private final JsonMapper json;

    LabSocketConfiguration(LabDirectory labs, JsonMapper json) {
        this.labs = labs;
        this.json = json;
    }

    @Bean
    LearnerQuota openSocketsOfEach(Limits limits) {
        return new LearnerQuota(limits.socketsPerLearner());
    }

    @Bean
    SocketEndpoint terminalSockets() {
        return new SocketEndpoint("/ws/terminals/*", this::openTerminal);
    }

    @Bean
    SocketEndpoint sandboxSockets() {
        return new SocketEndpoint("/ws/sandboxes/*", this::openLab);
    }

    private Optional<Connection> openTerminal(Caller caller, String id, SocketSender sender) {
        return labs.findTerminal(caller, id, Right.WATCH)
                .map(found ->
                        new TerminalConnection(found.session(), () -> found.allows(caller, Right.TYPE), sender, json));
    }

    private Optional<Connection> openLab(Caller caller, String id, SocketSender sender) {
        return switch (labs.find(caller, id, Right.WATCH)) {
            case LabLookup.Here(var lab) -> Optional.of(new LabConnection(lab, sender));
            case LabLookup.Ended(var why) -> Optional.of(new FarewellConnection(why, sender));
            case LabLookup.None _ -> Optional.empty();
        };
    }
}
