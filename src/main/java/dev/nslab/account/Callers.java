package dev.nslab.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Finds out who sent a request. */
@Component
public class Callers {

    private final SessionCookies cookies;

    Callers(SessionCookies cookies) {
        this.cookies = cookies;
    }

    /** Who sent the request; the local learner without a cookie of ours. */
    public Caller of(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, cookies.name());
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Learner.LOCAL;
        }
        return cookies.holder(cookie.getValue()).<Caller>map(learner -> learner).orElseGet(Stranger::new);
    }
}
