package io.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.carillon.support.Description;
import io.carillon.support.Description.Operation;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description of the HTTP side, held against the resources that there are. */
class OpenApiTest {
    private static final List<Class<? extends Annotation>> VERBS = List.of(GET.class, POST.class, DELETE.class);

    @Test
    void everyOperationOfEveryResourceIsDescribedWithItsQuery() throws IOException {
        Map<String, Set<String>> described = described();
        List<String> missing = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.carillon")) {
            if (type.isAnnotatedWith(Path.class)) {
                look(type.reflect(), described, missing);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(described).hasSizeGreaterThan(15);
    }

    private static void look(Class<?> resource, Map<String, Set<String>> described, List<String> missing) {
        String root = "/" + resource.getAnnotation(Path.class).value();
        for (Method method : resource.getDeclaredMethods()) {
            Path below = method.getAnnotation(Path.class);
            String path = below == null ? root : root + "/" + below.value();
            for (Class<? extends Annotation> verb : VERBS) {
                if (method.isAnnotationPresent(verb)) {
                    String operation = verb.getSimpleName().toLowerCase(Locale.ROOT) + " " + path;
                    Set<String> names = described.get(operation);
                    if (names == null) {
                        missing.add(operation);
                        continue;
                    }
                    Arrays.stream(method.getParameters())
                            .map(parameter -> parameter.getAnnotation(QueryParam.class))
                            .filter(query -> query != null && !names.contains(query.value()))
                            .forEach(query -> missing.add(operation + " ?" + query.value()));
                }
            }
        }
    }

    private static Map<String, Set<String>> described() throws IOException {
        Description description =
                Description.of(Files.readString(java.nio.file.Path.of("src/main/webapp/openapi.yaml")));
        return description.operations().stream().collect(Collectors.toMap(Operation::name, description::query));
    }
}
