package io.carillon.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The values of all keys, checked. Immutable. */
public final class Config {
    private record Value(String text, Object read) {}

    private final Map<Key, Value> values;

    private Config(Map<Key, Value> values) {
        this.values = values;
    }

    /**
     * Reads every key from the first layer that has it, else its default.
     *
     * @throws InvalidConfigException with all values that are not allowed, and all names in a layer that are no keys
     */
    public static Config load(Sources sources) {
        List<Layer> layers = sources.layers();
        List<Problem> problems = new ArrayList<>(sources.problems());
        Map<Key, Value> values = new EnumMap<>(Key.class);
        for (Key key : Key.values()) {
            Layer layer = layers.stream()
                    .filter(one -> one.values().containsKey(key.key()))
                    .findFirst()
                    .orElse(new Layer("default", Map.of()));
            String text =
                    layer.values().getOrDefault(key.key(), key.defaultText()).trim();
            Object read = key.kind().reader().apply(text);
            if (read == null) {
                problems.add(Problem.badValue(key, text, layer.origin()));
            } else {
                values.put(key, new Value(text, read));
                if (read instanceof ChannelRules rules) {
                    rules.complaints()
                            .forEach(one -> problems.add(new Problem(key.key(), one + " (" + layer.origin() + ")")));
                }
            }
        }
        for (Layer layer : layers) {
            for (String name : new TreeSet<>(layer.values().keySet())) {
                if (Key.of(name).isEmpty()) {
                    problems.add(Problem.unknown(name, layer.origin()));
                }
            }
        }
        Config config = new Config(values);
        for (CrossCheck check : CrossCheck.ALL) {
            boolean bothRead = values.containsKey(check.key()) && values.containsKey(check.other());
            if (bothRead && !check.holds().test(config)) {
                problems.add(check.problem(config));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return config;
    }

    /** The value of a key that is a time. */
    public Duration duration(Key key) {
        return read(key, Duration.class);
    }

    /** The value of a key that is a size, in bytes. */
    public long bytes(Key key) {
        return read(key, Long.class);
    }

    /** The value of a key that is an integer. */
    public int integer(Key key) {
        return read(key, Integer.class);
    }

    /** The value of a key that is true or false. */
    public boolean flag(Key key) {
        return read(key, Boolean.class);
    }

    /** The value of a key that is a name. */
    public String name(Key key) {
        return read(key, String.class);
    }

    /** The value of a key that is rules for channels, the first that covers one counts. */
    public List<ChannelRule> rules(Key key) {
        return read(key, ChannelRules.class).rules();
    }

    /** The value of any key as it was written. */
    public String text(Key key) {
        return value(key).text;
    }

    /** The same as it may be shown: a secret that is set is {@code ***}. */
    public String shown(Key key) {
        String text = text(key);
        return key.secret() && !text.isEmpty() ? "***" : text;
    }

    /** What is not as by default, in the order of the keys; a secret is shown as {@code ***}. */
    public Map<String, String> changed() {
        Map<String, String> changed = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!value.text.equals(key.defaultText())) {
                changed.put(key.key(), shown(key));
            }
        });
        return changed;
    }

    private <T> T read(Key key, Class<T> type) {
        return type.cast(value(key).read);
    }

    private Value value(Key key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " was not read");
        }
        return value;
    }
}
