package io.carillon.monitor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A whole answer that nobody keeps. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Page(String type, byte[] body) {
    /** Not every server leaves the body out by itself for HEAD (Payara with HTTP/2). */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
