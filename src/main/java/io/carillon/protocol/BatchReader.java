package io.carillon.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.ChannelName;
import io.carillon.core.NewPublication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Batch} in one pass, for one document. */
final class BatchReader {
    private static final String PUBLICATIONS = "publications";
    private static final String CHANNELS = "channels";

    private final byte[] json;
    private final long dataLimit;
    private final RawObject common;
    private @Nullable List<NewPublication> publications;
    private @Nullable List<ChannelName> channels;

    BatchReader(byte[] json, long dataLimit) {
        this.json = json;
        this.dataLimit = dataLimit;
        this.common = new RawObject(json);
    }

    Batch read(JsonParser parser) throws IOException {
        RawObject.expectObject(parser, "the body");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken kind = parser.nextToken();
            if (name.equals(PUBLICATIONS) && kind != JsonToken.VALUE_NULL) {
                publications = list(parser, name, this::publication);
            } else if (name.equals(CHANNELS) && kind != JsonToken.VALUE_NULL) {
                channels = list(parser, name, BatchReader::channel);
            } else {
                common.add(parser);
            }
        }
        if (publications == null && channels == null) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "the body has neither \"publications\" nor \"channels\"; send one of them");
        }
        if (publications != null && channels != null) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "the body has both \"publications\" and \"channels\"; send one of them");
        }
        return publications != null
                ? new Batch(PUBLICATIONS, publications)
                : new Batch(CHANNELS, broadcast(channels == null ? List.of() : channels));
    }

    private interface Item<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> List<T> list(JsonParser parser, String name, Item<T> item) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "member \"" + name + "\" is " + RawObject.kind(parser.currentToken()) + "; it must be an array");
        }
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == Batch.MOST) {
                throw new ProtocolException(
                        ErrorCode.INVALID_REQUEST,
                        "\"" + name + "\" has more than " + Batch.MOST + " items, which is the limit of one request");
            }
            try {
                items.add(item.read(parser));
            } catch (InvalidJsonException e) {
                throw e; // of the whole body
            } catch (ProtocolException e) {
                throw e.at(name, items.size());
            }
        }
        if (items.isEmpty()) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST, "\"" + name + "\" is empty; 1 to " + Batch.MOST + " items are allowed");
        }
        return items;
    }

    private NewPublication publication(JsonParser parser) throws IOException {
        RawObject entry = RawObject.read(parser, json, "the publication");
        return publication(Channels.toPublishTo(entry.text("channel")), entry);
    }

    private NewPublication publication(ChannelName channel, RawObject entry) {
        byte[] data = entry.raw("data");
        NewPublication publication = Submissions.of(
                channel, entry.text("event"), data, entry.integer("ttl"), entry.text("key"), entry.flag("ephemeral"));
        Submissions.checkSize(publication.data(), dataLimit);
        return publication;
    }

    private static ChannelName channel(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new ProtocolException(
                    ErrorCode.INVALID_REQUEST,
                    "the channel is " + RawObject.kind(parser.currentToken()) + "; it must be a string");
        }
        return Channels.toPublishTo(parser.getText());
    }

    private List<NewPublication> broadcast(List<ChannelName> to) {
        NewPublication first = publication(to.get(0), common);
        long bytes = (long) first.data().length * to.size();
        if (bytes > Batch.MOST_BYTES) {
            throw ProtocolException.tooLarge(
                    "data of " + first.data().length + " bytes for " + to.size() + " channels is " + bytes
                            + " bytes; the limit of one request is " + Batch.MOST_BYTES,
                    Batch.MOST_BYTES);
        }
        List<NewPublication> all = new ArrayList<>(to.size());
        for (ChannelName channel : to) {
            all.add(new NewPublication(
                    channel, first.event(), first.data(), first.ttl(), first.key(), first.ephemeral()));
        }
        return all;
    }
}
