package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.RunningHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriver;

class IndexPageBrowserIT {
    private static RunningHub hub;
    private static WebDriver browser;

    @BeforeAll
    static void open() {
        hub = RunningHub.start();
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
        hub.close();
    }

    @Test
    void indexPageOpens() {
        browser.get(hub.uri("").toString());

        assertThat(browser.getTitle()).startsWith("Carillon");
    }

    @Test
    void hubComesBackAtTheSameAddress() {
        hub.kill();
        hub.restart();

        browser.get(hub.uri("").toString());
        assertThat(browser.getTitle()).startsWith("Carillon");
    }
}
