package dev.nslab.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Finds out which learner a request comes from. */
@Component
public class Learners {

    private final SessionCookies cookies;

    Learners(SessionCookies cookies) {
        this.cookies = cookies;
    }

    /** Who sent the request; the local learner without a cookie of ours. */
    public Learner asking(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, cookies.name());
        return cookie == null || cookie.getValue().isEmpty()
                ? Learner.LOCAL
                : cookies.holder(cookie.getValue()).orElse(Learner.UNKNOWN);
    }
}
