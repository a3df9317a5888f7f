package io.carillon.contract;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.EnumSet;

/**
 * Runs inside the server under test, in front of all else: whoever a header names is the user, in the roles that another
 * names, as the container's own login would do it.
 */
@WebListener
public class HeaderUser extends HttpFilter implements ServletContextListener {
    public static final String HEADER = "X-Test-User";
    public static final String ROLES = "X-Test-Roles";

    private static final long serialVersionUID = 1L;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FilterRegistration.Dynamic filter = event.getServletContext().addFilter("header-user", new HeaderUser());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String user = request.getHeader(HEADER);
        chain.doFilter(user == null ? request : new Named(request, user), response);
    }

    private static final class Named extends HttpServletRequestWrapper {
        private final String user;

        Named(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }

        @Override
        public String getRemoteUser() {
            return user;
        }

        @Override
        public boolean isUserInRole(String role) {
            String roles = getHeader(ROLES);
            return roles != null && Arrays.asList(roles.split(",", -1)).contains(role);
        }
    }
}
