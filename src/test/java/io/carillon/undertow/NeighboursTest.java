package io.carillon.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.server.HandlerWrapper;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.SecurityConstraint;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who would have a say on what is published: then the servlets are to be asked. */
class NeighboursTest {
    private final DeploymentInfo deployment = new DeploymentInfo();

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/v1/*", "/v1/channels/*", "/v1/channels/a/publications", "/v1/publications", "*"})
    void theFiltersOfThesePatternsWould(String pattern) {
        assertThat(Neighbours.none(deployment, filtered("com.example.Login", pattern)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/events", "/v1/ws/*", "/index.html", "/admin/*", "/v2/*", "/v1"})
    void theFiltersOfThesePatternsWouldNot(String pattern) {
        assertThat(Neighbours.none(deployment, filtered("com.example.Login", pattern)))
                .isTrue();
    }

    @Test
    void theGateIsNoNeighbour() {
        assertThat(Neighbours.none(deployment, filtered("io.carillon.gate.Gate", "/v1/*")))
                .isTrue();
    }

    @Test
    void aHandlerOfSomebodyElseWouldWhereverItStands() {
        HandlerWrapper foreign = answering(HandlerWrapper.class, Map.of()); // a class of no known name
        ServletContext context = filtered("io.carillon.gate.Gate", "/v1/*");
        assertThat(Neighbours.none(new DeploymentInfo().addInitialHandlerChainWrapper(foreign), context))
                .isFalse();
        assertThat(Neighbours.none(new DeploymentInfo().addOuterHandlerChainWrapper(foreign), context))
                .isFalse();
        assertThat(Neighbours.none(new DeploymentInfo().addInnerHandlerChainWrapper(foreign), context))
                .isFalse();
    }

    @Test
    void aSecurityConstraintWould() {
        deployment.addSecurityConstraint(new SecurityConstraint());
        assertThat(Neighbours.none(deployment, filtered("io.carillon.gate.Gate", "/v1/*")))
                .isFalse();
    }

    /** An application with one filter. */
    private static ServletContext filtered(String name, String pattern) {
        FilterRegistration filter = answering(
                FilterRegistration.class,
                Map.of(
                        "getClassName",
                        name,
                        "getUrlPatternMappings",
                        List.of(pattern),
                        "getServletNameMappings",
                        Set.of()));
        return answering(ServletContext.class, Map.of("getFilterRegistrations", Map.of("one", filter)));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answers.get(method.getName())));
    }
}
