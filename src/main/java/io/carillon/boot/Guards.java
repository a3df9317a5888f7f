package io.carillon.boot;

import io.carillon.auth.Access;
import io.carillon.auth.AccessPolicy;
import io.carillon.auth.Limits;
import io.carillon.auth.Permissions;
import io.carillon.auth.Proxies;
import io.carillon.auth.Refusals;
import io.carillon.auth.Revocations;
import io.carillon.auth.Roles;
import io.carillon.auth.Tickets;
import io.carillon.auth.TokenSettings;
import io.carillon.auth.TokenVerifier;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;

/** Makes what decides who may do what, from the configuration. All of them are final classes, so without a proxy. */
@ApplicationScoped
public class Guards {
    private static final System.Logger LOG = System.getLogger(Guards.class.getName());
    private static final String DEMO = "subscribe:public,publish:public,subscribe:demo.**,publish:demo.**";

    @Produces
    @Singleton
    public AccessPolicy policy(Config config) {
        String everybody = config.name(Key.ACCESS_EVERYBODY);
        if (config.flag(Key.DEMO)) {
            LOG.log(
                    Level.WARNING,
                    "demo mode: everybody on this machine may read and publish on public and demo.**;"
                            + " what does not come in on a loopback address is refused");
            everybody = everybody.isEmpty() ? DEMO : everybody + "," + DEMO;
        }
        LOG.log(Level.INFO, "strangers may: {0}", everybody.isEmpty() ? "nothing" : everybody);
        return new AccessPolicy(Permissions.parse(everybody), Permissions.parse(config.name(Key.ACCESS_KNOWN)));
    }

    @Produces
    @Singleton
    public TokenVerifier tokens(Config config, Revocations revocations) {
        TokenSettings settings = new TokenSettings(
                config.name(Key.TOKEN_SECRET),
                config.name(Key.TOKEN_JWKS),
                config.name(Key.TOKEN_ISSUER),
                config.name(Key.TOKEN_AUDIENCE));
        LOG.log(Level.INFO, "tokens that are taken: {0}", settings);
        return new TokenVerifier(settings, HubClock.SYSTEM, revocations);
    }

    @Produces
    @Singleton
    public Roles roles(Config config) {
        return Roles.parse(config.name(Key.ACCESS_ROLES));
    }

    @Produces
    @Singleton
    public Tickets tickets(Revocations revocations) {
        return new Tickets(HubClock.SYSTEM, revocations);
    }

    @Produces
    @Singleton
    public Revocations revocations() {
        return new Revocations(HubClock.SYSTEM);
    }

    @Produces
    @Singleton
    public Refusals refusals() {
        return new Refusals();
    }

    @Produces
    @Singleton
    public Proxies proxies(Config config) {
        return new Proxies(config.name(Key.PROXIES));
    }

    @Produces
    @Singleton
    public Limits limits(Config config, Hub hub, Proxies proxies) {
        Limits.Settings settings = new Limits.Settings(
                config.integer(Key.USER_CONNECTIONS),
                config.integer(Key.ADDRESS_CONNECTIONS),
                config.integer(Key.PUBLISH_RATE),
                config.integer(Key.HISTORY_RATE),
                config.integer(Key.NEW_CHANNELS));
        Limits limits = new Limits(settings, proxies, hub.connections(), hub::knows, HubClock.SYSTEM);
        hub.listen(limits);
        return limits;
    }

    @Produces
    @Singleton
    public Access access(AccessPolicy policy, Limits limits) {
        return new Access(policy, limits);
    }
}
