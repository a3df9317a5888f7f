package io.carillon.contract;

import io.carillon.core.Hub;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Goes into the WAR of a test: does to the hub from within what no client can, and looks at its MBean. */
@WebServlet("/saboteur")
public class Saboteur extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Hub hub;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            response.getWriter()
                    .print(
                            switch (String.valueOf(request.getParameter("do"))) {
                                case "collect" -> collect();
                                case "fail" -> failTheDisk();
                                case "drain" -> drain();
                                case "read" -> bean().getAttribute(name(), request.getParameter("what"));
                                case "kick" -> kick(request.getParameter("what"));
                                default -> throw new IllegalArgumentException("what?");
                            });
        } catch (ReflectiveOperationException | JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String collect() {
        System.gc();
        return "collected";
    }

    /** As a sync that fails does it. */
    private String failTheDisk() throws ReflectiveOperationException {
        Object running = field(field(hub, "log"), "running");
        Object writer = field(running, "writer");
        Method poison = writer.getClass().getDeclaredMethod("poison", Throwable.class);
        poison.setAccessible(true);
        poison.invoke(writer, new IOException("a test has failed the disk"));
        return "failed";
    }

    private String drain() {
        hub.shutdown(Duration.ZERO);
        return "drained";
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    private static MBeanServer bean() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** There is one hub in this JVM. A redeployment that left its MBean behind would show here. */
    private static ObjectName name() throws JMException {
        Set<ObjectName> names = bean().queryNames(new ObjectName("io.carillon:type=Hub,*"), null);
        if (names.size() != 1) {
            throw new IllegalStateException("MBeans of hubs: " + names);
        }
        return names.iterator().next();
    }

    private static Object kick(String connection) throws JMException {
        return bean().invoke(name(), "kick", new Object[] {connection}, new String[] {String.class.getName()});
    }
}
