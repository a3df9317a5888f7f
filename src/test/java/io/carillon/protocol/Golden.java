package io.carillon.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A golden file: sections that begin with a line {@code --- name}. What stands between is the content to the byte;
 * before the first section there is room for a comment.
 */
record Golden(String name, Map<String, String> sections) {
    private static final String MARK = "--- ";

    static Golden read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Golden resource(String path) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + path)) {
            return parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<Golden> folder(String path) throws IOException, URISyntaxException {
        URI folder = Golden.class.getResource("/golden/" + path).toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.sorted().map(Golden::read).toList();
        }
    }

    private static Golden parse(String name, String content) {
        Map<String, String> sections = new LinkedHashMap<>();
        int at = content.startsWith(MARK) ? 0 : content.indexOf('\n' + MARK) + 1;
        while (at < content.length()) {
            int line = content.indexOf('\n', at);
            int next = content.indexOf('\n' + MARK, line);
            int end = next < 0 ? content.length() : next + 1;
            sections.put(content.substring(at + MARK.length(), line), content.substring(line + 1, end));
            at = end;
        }
        return new Golden(name, sections);
    }

    String section(String section) {
        String content = sections.get(section);
        if (content == null) {
            throw new IllegalArgumentException(name + " has no section " + section);
        }
        return content;
    }
}
