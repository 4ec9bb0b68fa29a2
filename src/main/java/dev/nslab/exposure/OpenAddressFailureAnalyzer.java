package dev.nslab.exposure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of showing a stack trace. Named in META-INF/spring.factories. */
class OpenAddressFailureAnalyzer extends AbstractFailureAnalyzer<OpenAddressException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, OpenAddressException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Leave server.address out (it is 127.0.0.1 then) and use the lab on this machine, or from another one"
                        + " through a tunnel: ssh -L 8080:localhost:8080 THIS-MACHINE. In a container whose port is published on"
                        + " 127.0.0.1 alone, set nslab.behind-loopback=true",
                cause);
    }
}
