package io.carillon.browser;

import io.carillon.server.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Gives tests a {@link RunningHub} and a {@link ChromeDriver}: one of each for all classes of a run, ended after the last.
 *
 * <p>The windows that a test has opened are closed after it. If it failed, a picture of each is in {@code target/browser}.
 */
final class HubAndBrowser implements ParameterResolver, AfterTestExecutionCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(HubAndBrowser.class);
    private static final Path PICTURES = Path.of("target", "browser");

    private record Running(RunningHub hub, ChromeDriver browser) implements AutoCloseable {
        static Running start() {
            var hub = RunningHub.start(
                    "-Dcarillon.access.everybody=presence:demo.room.**",
                    "-Dcarillon.channel.options=demo.room.** presence=on",
                    "-Dcarillon.presence.lease=3s");
            try {
                return new Running(hub, Browser.open());
            } catch (RuntimeException e) {
                hub.close();
                throw e;
            }
        }

        @Override
        public void close() {
            try (hub) {
                browser.quit();
            }
        }
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == RunningHub.class || type == ChromeDriver.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var running = running(context);
        return parameter.getParameter().getType() == RunningHub.class ? running.hub : running.browser;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isEmpty()) {
            return;
        }
        var browser = running(context).browser;
        var test = context.getRequiredTestMethod().getName() + " " + context.getDisplayName();
        var name = test.replaceAll("[^A-Za-z0-9]+", "-");
        Files.createDirectories(PICTURES);
        int number = 0;
        for (var window : browser.getWindowHandles()) {
            browser.switchTo().window(window);
            Files.write(PICTURES.resolve(name + number++ + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        }
    }

    /** Leaves one window, new and empty: a browser ends with its last one. */
    @Override
    public void afterEach(ExtensionContext context) {
        var browser = running(context).browser;
        var old = browser.getWindowHandles();
        browser.switchTo().newWindow(WindowType.WINDOW);
        var fresh = browser.getWindowHandle();
        for (var window : old) {
            browser.switchTo().window(window).close();
        }
        browser.switchTo().window(fresh);
    }
}
