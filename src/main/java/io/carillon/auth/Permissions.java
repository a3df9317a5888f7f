package io.carillon.auth;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody may do: everything that one of these allows. There is nothing that forbids.
 *
 * @param admin holds {@link Action#ADMIN}
 */
public record Permissions(List<Permission> list, boolean admin) {
    /** In one token or one list of the configuration; a longer list would make each check slow. */
    public static final int MOST = 256;

    public static final Permissions NONE = new Permissions(List.of(), false);

    public Permissions {
        list = List.copyOf(list);
    }

    /** Reads a list as the configuration has it, {@code subscribe:public, publish:demo.**, admin}; it has been checked. */
    public static Permissions parse(String text) {
        List<Permission> list = new ArrayList<>();
        boolean admin = false;
        for (String word : Words.of(text)) {
            int colon = word.indexOf(':');
            if (colon >= 0) {
                list.add(new Permission(action(word.substring(0, colon)), word.substring(colon + 1)));
            } else {
                admin |= word.equals(Action.ADMIN.word());
            }
        }
        return new Permissions(list, admin);
    }

    private static Action action(String word) {
        for (Action action : Action.values()) {
            if (action.word().equals(word)) {
                return action;
            }
        }
        throw new IllegalArgumentException("no action: " + word);
    }

    Permissions and(Permissions more) {
        List<Permission> both = new ArrayList<>(list);
        both.addAll(more.list);
        return new Permissions(both, admin || more.admin);
    }

    boolean allow(Action action, ChannelName channel) {
        for (Permission permission : list) {
            if (gives(permission, action) && permission.matches(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them covers the whole pattern; several that cover it only together do not count. */
    boolean cover(Action action, ChannelPattern pattern) {
        for (Permission permission : list) {
            if (gives(permission, action) && permission.covers(pattern)) {
                return true;
            }
        }
        return false;
    }

    /** True if there is any channel at all for this action. */
    boolean any(Action action) {
        for (Permission permission : list) {
            if (gives(permission, action)) {
                return true;
            }
        }
        return false;
    }

    private static boolean gives(Permission permission, Action action) {
        return permission.action() == action || (action == Action.HISTORY && permission.action() == Action.SUBSCRIBE);
    }
}
