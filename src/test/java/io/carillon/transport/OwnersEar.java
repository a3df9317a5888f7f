package io.carillon.transport;

import java.util.List;

/** Writes down what an output tells its owner. */
public final class OwnersEar implements Output.Owner {
    private final List<String> heard;

    public OwnersEar(List<String> heard) {
        this.heard = heard;
    }

    @Override
    public void written() {
        heard.add("written");
    }

    @Override
    public void lost(Throwable cause) {
        heard.add("lost");
    }

    @Override
    public void ended() {
        heard.add("ended");
    }
}
