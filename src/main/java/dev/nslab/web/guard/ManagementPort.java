package dev.nslab.web.guard;

import dev.nslab.exposure.ServerExposure;
import dev.nslab.web.problem.ProblemWriter;
import java.net.InetAddress;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The port of {@code management.server.port}, if there is one: a servlet container of its own, in a context below the server's,
 * which takes over none of its filters and addresses. Named in META-INF/spring, from where Spring Boot takes it into that context;
 * the condition keeps it out of the one above, whose package it is in.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(ManagementPort.BelowTheServer.class)
class ManagementPort {

    static final class BelowTheServer implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getBeanFactory() != null && context.getBeanFactory().getParentBeanFactory() != null;
        }
    }

    /** Unless the operator says otherwise. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> listensOnThisMachine(ManagementServerProperties settings) {
        InetAddress address = settings.getAddress();
        return factory -> factory.setAddress(address == null ? InetAddress.getLoopbackAddress() : address);
    }

    @Bean
    Gate managementGate(ServerExposure exposure, ProblemWriter problems) {
        return new Gate(exposure, problems);
    }
}
