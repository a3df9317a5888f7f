package io.carillon.auth;

import io.carillon.core.Credential;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What those may do who have logged in at the container, by the roles that it knows them in. Immutable. */
public final class Roles {
    private final Map<String, Permissions> byRole;

    private Roles(Map<String, Permissions> byRole) {
        this.byRole = byRole;
    }

    /** Reads {@code editor=publish:news.**; ops=admin}; it has been checked. */
    public static Roles parse(String text) {
        Map<String, Permissions> byRole = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            int equals = entry.indexOf('=');
            if (equals >= 0) {
                byRole.merge(
                        entry.substring(0, equals).trim(),
                        Permissions.parse(entry.substring(equals + 1)),
                        Permissions::and);
            }
        }
        return new Roles(byRole);
    }

    /**
     * The identity of somebody whom the container knows. It has no end of its own: the login's end is not told to us.
     *
     * @param name is the subject
     */
    public Identity identity(String name, Predicate<String> inRole) {
        Permissions permissions = Permissions.NONE;
        for (Map.Entry<String, Permissions> role : byRole.entrySet()) {
            if (inRole.test(role.getKey())) {
                permissions = permissions.and(role.getValue());
            }
        }
        return new Identity(name, permissions, Credential.NONE);
    }
}
