package io.carillon.boot;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Stops the hub when the web application goes down, which on some servers is before its EJBs do. */
@WebListener
public class Goodbye implements ServletContextListener {
    @Inject
    Wiring wiring;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        wiring.stop();
    }
}
