package io.carillon.protocol;

import io.carillon.core.Gap;
import io.carillon.core.Publication;
import java.util.List;

/** The one JSON form of a publication and of a gap that all transports share. */
public final class PublicationJson {
    /** What {@link #message} adds to the data, at most, for names of usual length. */
    static final int AROUND = 128;

    private PublicationJson() {}

    /** {@code {"channel","id","event","data","time"}}, with the data byte for byte. */
    public static void write(WireWriter to, Publication publication) {
        to.ascii('{');
        head(to, publication);
        to.raw(publication.data());
        tail(to, publication);
    }

    /** The same, with {@code "type":"message"} in front. */
    static void message(WireWriter to, Publication publication) {
        to.ascii("{\"type\":\"message\",");
        head(to, publication);
        to.raw(publication.data());
        tail(to, publication);
    }

    /** {@code [...]} of publications. */
    public static void writeAll(WireWriter to, List<Publication> publications) {
        to.array(publications, PublicationJson::write);
    }

    /** {@code [...]} of gaps. */
    public static void writeGaps(WireWriter to, List<Gap> gaps) {
        to.array(gaps, (writer, gap) -> gap(writer.ascii('{'), gap));
    }

    /** Everything before the data. */
    static void head(WireWriter to, Publication publication) {
        to.ascii("\"channel\":\"").ascii(publication.channel());
        to.ascii("\",\"id\":").number(publication.id());
        to.ascii(",\"event\":").string(publication.event());
        to.ascii(",\"data\":");
    }

    /** Everything after it. */
    static void tail(WireWriter to, Publication publication) {
        to.ascii(",\"time\":").number(publication.time()).ascii('}');
    }

    /** The members of a gap and the closing brace. */
    static void gap(WireWriter to, Gap gap) {
        to.ascii("\"channel\":\"").ascii(gap.channel());
        to.ascii("\",\"from\":").number(gap.from());
        to.ascii(",\"to\":").number(gap.to()).ascii('}');
    }

    /** Room for these publications, so that the array rarely grows. */
    static int room(List<Publication> publications) {
        int room = 0;
        for (Publication publication : publications) {
            room += publication.data().length + publication.channel().length() + AROUND;
        }
        return room;
    }
}
