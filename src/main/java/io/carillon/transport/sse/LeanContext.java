package io.carillon.transport.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The context that the JAX-RS implementation gets, so that its listeners can be let go of.
 *
 * <p>A listener cannot be taken off a container's context, and each implementation of JAX-RS hangs all that it knows of
 * the request on one: on RESTEasy a third of what an idle stream costs. Who takes the stream over for good calls
 * {@link #takeOver()}, and that is free.
 *
 * <p>Used by the request's thread until it is taken over, and not at all after that.
 */
final class LeanContext implements AsyncContext {
    private final AsyncContext container;
    private final List<Relay> relays = new ArrayList<>(1);

    LeanContext(AsyncContext container) {
        this.container = container;
    }

    /** The container's context. Who has added a listener here hears no more of the request. */
    AsyncContext takeOver() {
        relays.forEach(Relay::cut);
        return container;
    }

    @Override
    public void addListener(AsyncListener listener) {
        Relay relay = new Relay(listener);
        relays.add(relay);
        container.addListener(relay);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        Relay relay = new Relay(listener);
        relays.add(relay);
        container.addListener(relay, request, response);
    }

    @Override
    public ServletRequest getRequest() {
        return container.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return container.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return container.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        container.dispatch();
    }

    @Override
    public void dispatch(String path) {
        container.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        container.dispatch(context, path);
    }

    @Override
    public void complete() {
        container.complete();
    }

    @Override
    public void start(Runnable task) {
        container.start(task);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return container.createListener(type);
    }

    @Override
    public void setTimeout(long millis) {
        container.setTimeout(millis);
    }

    @Override
    public long getTimeout() {
        return container.getTimeout();
    }

    /** Hands on what the container says, until it is cut. */
    private static final class Relay implements AsyncListener {
        private volatile @Nullable AsyncListener to;

        Relay(AsyncListener to) {
            this.to = to;
        }

        void cut() {
            to = null;
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            AsyncListener listener = to;
            if (listener != null) {
                listener.onComplete(event);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            AsyncListener listener = to;
            if (listener != null) {
                listener.onTimeout(event);
            }
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            AsyncListener listener = to;
            if (listener != null) {
                listener.onError(event);
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            AsyncListener listener = to;
            if (listener != null) {
                listener.onStartAsync(event);
            }
        }
    }
}
