package io.carillon.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where this process' configuration comes from: system properties, then the environment, then the file that {@link
 * Key#CONFIG} names, then {@code carillon.properties} on the class path.
 *
 * @param layers the first that has a key wins
 * @param ignored environment variables that look like keys and are none. Not an error: orchestrators make such variables
 *     ({@code CARILLON_SERVICE_HOST}) out of a service's name
 * @param problems files that could not be read
 */
public record Sources(List<Layer> layers, List<String> ignored, List<Problem> problems) {
    private static final String PREFIX = "carillon.";
    private static final String VARIABLE_PREFIX = "CARILLON_";
    private static final String ON_CLASS_PATH = "carillon.properties";

    /** Reads them all, once. */
    public static Sources read(Properties system, Map<String, String> environment, ClassLoader classPath) {
        Layer properties = new Layer("system property", keysOf(system));
        Layer variables = new Layer("environment", keysOf(environment));
        List<Layer> layers = new ArrayList<>(List.of(properties, variables));
        List<Problem> problems = new ArrayList<>();

        String config = Key.CONFIG.key();
        String file =
                properties.values().getOrDefault(config, variables.values().get(config));
        if (file != null && !file.isBlank()) {
            addFile(file.trim(), layers, problems);
        }
        URL resource = classPath.getResource(ON_CLASS_PATH);
        if (resource != null) {
            addResource(resource, layers, problems);
        }
        return new Sources(layers, strangers(environment), problems);
    }

    private static void addFile(String file, List<Layer> layers, List<Problem> problems) {
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            layers.add(new Layer("file " + file, contentOf(reader)));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(Key.CONFIG.key(), "names a file that cannot be read: " + e));
        }
    }

    private static void addResource(URL resource, List<Layer> layers, List<Problem> problems) {
        try (Reader reader = new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8)) {
            layers.add(new Layer(ON_CLASS_PATH + " on the class path", contentOf(reader)));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(ON_CLASS_PATH, "on the class path cannot be read: " + e));
        }
    }

    private static Map<String, String> contentOf(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> content = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> content.put(name, properties.getProperty(name)));
        return content;
    }

    private static Map<String, String> keysOf(Properties system) {
        Map<String, String> values = new HashMap<>();
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                values.put(name, system.getProperty(name));
            }
        }
        return values;
    }

    private static Map<String, String> keysOf(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        for (Key key : Key.values()) {
            String value = environment.get(key.variable());
            if (value != null) {
                values.put(key.key(), value);
            }
        }
        return values;
    }

    private static List<String> strangers(Map<String, String> environment) {
        Collection<String> known = new ArrayList<>();
        for (Key key : Key.values()) {
            known.add(key.variable());
        }
        return environment.keySet().stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX) && !known.contains(name))
                .sorted()
                .toList();
    }
}
