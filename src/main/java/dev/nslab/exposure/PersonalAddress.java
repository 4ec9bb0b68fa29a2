package dev.nslab.exposure;

import java.net.InetAddress;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Personal mode asks for no sign-in, so it listens where only this machine can reach it: whoever reaches the port is root
 * in a sandbox.
 */
@Component
class PersonalAddress implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {

    private final ServerProperties server;
    private final ServerExposure access;

    PersonalAddress(ServerProperties server, ServerExposure access) {
        this.server = server;
        this.access = access;
    }

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        InetAddress address = server.getAddress();
        if (address != null && !address.isLoopbackAddress() && !access.behindLoopback()) {
            throw new OpenAddressException(address);
        }
        factory.setAddress(address == null ? InetAddress.getLoopbackAddress() : address);
    }

    /** After Spring Boot's own customizer, which takes the address from {@code server.address}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
