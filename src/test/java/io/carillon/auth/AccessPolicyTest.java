package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Credential;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

/** The rules by themselves; {@code AccessIT} has them on each transport. */
class AccessPolicyTest {
    private final AccessPolicy policy =
            new AccessPolicy(Permissions.parse("subscribe:public"), Permissions.parse("publish:chat.*"));

    private static Identity known(String name, String permissions) {
        return new Identity(name, Permissions.parse(permissions), Credential.NONE);
    }

    private boolean may(Identity who, Action action, String channel) {
        try {
            policy.check(who, action, new ChannelName(channel));
            return true;
        } catch (ProtocolException e) {
            assertThat(e.code()).isEqualTo(who.stranger() ? ErrorCode.UNAUTHORIZED : ErrorCode.FORBIDDEN);
            return false;
        }
    }

    private boolean maySubscribe(Identity who, String pattern) {
        return policy.maySubscribe(who, new ChannelPattern(pattern));
    }

    @Test
    void whatNothingGivesIsRefused() {
        for (Action action : new Action[] {Action.SUBSCRIBE, Action.PUBLISH, Action.HISTORY, Action.PRESENCE}) {
            assertThat(may(Identity.STRANGER, action, "orders")).isFalse();
            assertThat(may(known("ann", ""), action, "orders")).isFalse();
        }
        assertThat(may(Identity.STRANGER, Action.PUBLISH, "public")).isFalse();
        assertThat(may(Identity.STRANGER, Action.PRESENCE, "public")).isFalse();
    }

    @Test
    void whoeverMaySubscribeMayReadWhatIsRetainedButNotTheOtherWayRound() {
        assertThat(may(Identity.STRANGER, Action.HISTORY, "public")).isTrue();
        assertThat(maySubscribe(known("ann", "history:orders"), "orders")).isFalse();
        assertThat(may(known("ann", "history:orders"), Action.HISTORY, "orders"))
                .isTrue();
    }

    @Test
    void whoIsKnownMayMoreThanAStranger() {
        assertThat(may(Identity.STRANGER, Action.PUBLISH, "chat.1")).isFalse();
        assertThat(may(known("ann", ""), Action.PUBLISH, "chat.1")).isTrue();
        assertThat(may(known("ann", ""), Action.SUBSCRIBE, "public")).isTrue();
    }

    @Test
    void aPatternMustBeCoveredWhollyByOnePermission() {
        Identity ann = known("ann", "subscribe:orders.*, subscribe:orders.*.items, subscribe:a, subscribe:b");
        assertThat(maySubscribe(ann, "orders.*")).isTrue();
        assertThat(maySubscribe(ann, "orders.7")).isTrue();
        assertThat(maySubscribe(ann, "orders.*.items")).isTrue();
        assertThat(maySubscribe(ann, "orders.**")).isFalse();
        assertThat(maySubscribe(ann, "*.7")).isFalse();
        assertThat(maySubscribe(ann, "*")).isFalse();
    }

    @Test
    void aUsersOwnChannelsAreHisToRead() {
        Identity ann = known("ann", "");
        assertThat(maySubscribe(ann, "user.ann.**")).isTrue();
        assertThat(maySubscribe(ann, "user.ann")).isTrue();
        assertThat(may(ann, Action.PRESENCE, "user.ann.mail")).isTrue();
        assertThat(may(ann, Action.PUBLISH, "user.ann.mail")).isFalse();
        assertThat(maySubscribe(ann, "user.bob.mail")).isFalse();
        assertThat(maySubscribe(ann, "user.*")).isFalse();
        assertThat(maySubscribe(ann, "user.anna")).isFalse();
        assertThat(maySubscribe(ann, "user.**")).isFalse();
    }

    @Test
    void aNameWithADotOrAStarIsOneSegmentAndNoPattern() {
        assertThat(maySubscribe(known("ann.mail", ""), "user.ann.mail.x")).isFalse();
        assertThat(maySubscribe(known("ann.mail", ""), "user.ann:2Email.x")).isTrue();
        assertThat(maySubscribe(known("*", ""), "user.*.x")).isFalse();
        assertThat(maySubscribe(known("a@b", ""), "user.a:40b.**")).isTrue();
    }

    @Test
    void theHubsOwnChannelsTakeAPermissionOfTheirOwn() {
        assertThat(may(known("root", "publish:**"), Action.PUBLISH, "$user.ann"))
                .isFalse();
        assertThat(may(known("root", "publish:$user.*"), Action.PUBLISH, "$user.ann"))
                .isTrue();
        assertThat(may(known("root", "publish:$user.*"), Action.PUBLISH, "$connection.n1"))
                .isFalse();
        assertThat(may(known("root", "publish:$user.**"), Action.PUBLISH, "user.ann"))
                .isFalse();
    }

    @Test
    void theHubsFiguresAreForAdministratorsWhateverOthersMay() {
        assertThat(maySubscribe(known("root", "admin"), "$console")).isTrue();
        assertThat(maySubscribe(known("ann", "subscribe:**,subscribe:$**,subscribe:$console"), "$console"))
                .isFalse();
        assertThat(maySubscribe(Identity.STRANGER, "$console")).isFalse();
        assertThat(maySubscribe(known("root", "admin"), "orders")).isFalse();
    }

    @Test
    void onlyAnAdministratorIsOne() {
        policy.checkAdmin(known("root", "admin"));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> policy.checkAdmin(known("ann", "publish:**")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> policy.checkAdmin(Identity.STRANGER))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
    }

    @Test
    void aStrangersBodyIsNotReadWhereStrangersPublishNothing() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> policy.checkAny(Identity.STRANGER, Action.PUBLISH));
        policy.checkAny(known("ann", ""), Action.PUBLISH);
    }

    @Test
    void rolesOfTheContainerBecomePermissions() {
        Roles roles = Roles.parse("editor=publish:news.**, subscribe:news.**; boss = admin");
        Identity eve = roles.identity("eve", "editor"::equals);
        assertThat(may(eve, Action.PUBLISH, "news.a")).isTrue();
        assertThat(eve.permissions().admin()).isFalse();
        assertThat(roles.identity("bob", "boss"::equals).permissions().admin()).isTrue();
        assertThat(roles.identity("nobody", role -> false).permissions()).isEqualTo(Permissions.NONE);
    }
}
