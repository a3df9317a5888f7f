package io.carillon.publish;

import org.jspecify.annotations.Nullable;

/** What a request says of a publication beside its data, as it stands in the address or a header; null is not said. */
record Attributes(
        @Nullable String event,
        @Nullable String ttl,
        @Nullable String key,
        @Nullable String ephemeral) {}
