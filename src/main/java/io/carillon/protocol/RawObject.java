package io.carillon.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read in one pass, its members kept as they were written and interpreted only when asked for. Of members
 * with the same name the last counts, as in browsers. A member that is {@code null} is as good as absent, but for
 * {@link #raw}.
 */
public final class RawObject {
    private record Member(String name, JsonToken kind, int start, int end) {}

    private final byte[] json;
    private final List<Member> members = new ArrayList<>(6);

    /** An object of this document, to which its reader adds the members. */
    RawObject(byte[] json) {
        this.json = json;
    }

    /**
     * Reads a whole document.
     *
     * @throws InvalidJsonException if this is no JSON
     * @throws ProtocolException if it is no object
     */
    public static RawObject parse(byte[] json) {
        return RawJson.read(json, parser -> read(parser, json, "the message"));
    }

    /** Reads the object at which the parser stands, and leaves it at the closing brace. */
    static RawObject read(JsonParser parser, byte[] json, String what) throws IOException {
        expectObject(parser, what);
        RawObject object = new RawObject(json);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            parser.nextToken();
            object.add(parser);
        }
        return object;
    }

    /** Refuses what is no object. */
    static void expectObject(JsonParser parser, String what) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST, what + " is " + kind(parser.currentToken()) + "; it must be an object");
        }
    }

    /** Takes the member at whose value the parser stands, and leaves it at the value's last token. */
    void add(JsonParser parser) throws IOException {
        int start = RawJson.start(parser);
        JsonToken kind = parser.currentToken();
        members.add(new Member(parser.currentName(), kind, start, RawJson.end(parser)));
    }

    private @Nullable Member find(String name) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).name.equals(name)) {
                return members.get(i);
            }
        }
        return null;
    }

    private @Nullable Member present(String name) {
        Member member = find(name);
        return member == null || member.kind == JsonToken.VALUE_NULL ? null : member;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    /** The member's value byte for byte, {@code null} included; null when it is absent. */
    public byte @Nullable [] raw(String name) {
        Member member = find(name);
        return member == null ? null : Arrays.copyOfRange(json, member.start, member.end);
    }

    /**
     * The string, unescaped; null when it is absent.
     *
     * @throws ProtocolException if it is no string
     */
    public @Nullable String text(String name) {
        Member member = present(name);
        if (member == null) {
            return null;
        }
        if (member.kind != JsonToken.VALUE_STRING) {
            throw wrong(name, member, "a string");
        }
        for (int i = member.start; i < member.end; i++) {
            if (json[i] == '\\') {
                return RawJson.read(Arrays.copyOfRange(json, member.start, member.end), JsonParser::getText);
            }
        }
        return new String(json, member.start + 1, member.end - member.start - 2, StandardCharsets.UTF_8);
    }

    /** A number or a string as its text, for what may be written either way. */
    @Nullable
    String textOrNumber(String name) {
        Member member = present(name);
        if (member == null || member.kind == JsonToken.VALUE_STRING) {
            return text(name);
        }
        if (!member.kind.isNumeric()) {
            throw wrong(name, member, "a number or a string");
        }
        return new String(json, member.start, member.end - member.start, StandardCharsets.US_ASCII);
    }

    /**
     * The integer; null when it is absent.
     *
     * @throws ProtocolException if it is no integer, or has more digits than a {@code long} surely holds
     */
    public @Nullable Long integer(String name) {
        Member member = present(name);
        if (member == null) {
            return null;
        }
        if (member.kind == JsonToken.VALUE_NUMBER_INT && member.end - member.start <= 19) {
            return Long.parseLong(new String(json, member.start, member.end - member.start, StandardCharsets.US_ASCII));
        }
        throw wrong(name, member, "an integer of at most 18 digits");
    }

    /**
     * True or false; false when it is absent.
     *
     * @throws ProtocolException if it is neither
     */
    public boolean flag(String name) {
        Member member = present(name);
        if (member == null || member.kind == JsonToken.VALUE_FALSE) {
            return false;
        }
        if (member.kind == JsonToken.VALUE_TRUE) {
            return true;
        }
        throw wrong(name, member, "true or false");
    }

    /**
     * The objects of an array; none when it is absent.
     *
     * @throws ProtocolException if it is no array of objects
     */
    public List<RawObject> objects(String name) {
        Member member = present(name);
        if (member == null) {
            return List.of();
        }
        if (member.kind != JsonToken.START_ARRAY) {
            throw wrong(name, member, "an array");
        }
        byte[] array = Arrays.copyOfRange(json, member.start, member.end);
        return RawJson.read(array, parser -> {
            List<RawObject> objects = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                objects.add(read(parser, array, name + "[" + objects.size() + "]"));
            }
            return objects;
        });
    }

    private static ProtocolException wrong(String name, Member member, String expected) {
        return new ProtocolException(
                ErrorCode.INVALID_REQUEST,
                "member \"" + name + "\" is " + kind(member.kind) + " at byte " + member.start + "; it must be "
                        + expected);
    }

    static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "a number";
        };
    }
}
