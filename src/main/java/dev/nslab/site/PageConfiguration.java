package dev.nslab.site;

import dev.nslab.exposure.ServerExposure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** Languages of the pages, and how long browsers may keep what belongs to them. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    private static final String LANGUAGE_COOKIE = "nslab-lang";

    /**
     * The language that was chosen by {@code ?lang=}, or else that of ours which the browser prefers, or else English.
     */
    @Bean
    LocaleResolver localeResolver(ServerExposure exposure) {
        var resolver = new CookieLocaleResolver(LANGUAGE_COOKIE) {
            @Override
            protected @Nullable Locale parseLocaleValue(String value) {
                return nearest(List.of(new Locale.LanguageRange(value)));
            }
        };
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        resolver.setCookieSecure(exposure.isSecure());
        resolver.setRejectInvalidCookies(false);
        resolver.setDefaultLocaleFunction(request -> preferred(request.getHeader("Accept-Language")));
        return resolver;
    }

    /** Tomcat fails at a browser with more than ten. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> manyLanguages() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setMaxLocaleCount(100));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var change = new LocaleChangeInterceptor() {
            @Override
            protected @Nullable Locale parseLocaleValue(String value) {
                Locale locale = super.parseLocaleValue(value);
                return locale == null ? null : nearest(List.of(new Locale.LanguageRange(locale.toLanguageTag())));
            }
        };
        change.setParamName("lang");
        change.setIgnoreInvalidLocale(true);
        registry.addInterceptor(change);
    }

    /** Vite puts a hash into these names: the same name is the same file for ever. All else is asked for each time. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/app/assets/**")
                .addResourceLocations("classpath:/static/app/assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    private static Locale preferred(@Nullable String acceptLanguage) {
        try {
            return acceptLanguage == null ? Locale.ENGLISH : nearest(Locale.LanguageRange.parse(acceptLanguage));
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    /** "zh", "zh-Hans-SG" and so on are all best served by our Chinese. */
    private static Locale nearest(List<Locale.LanguageRange> wanted) {
        return wanted.stream()
                .map(range -> Locale.forLanguageTag(range.getRange()).getLanguage())
                .flatMap(language ->
                        LANGUAGES.stream().filter(ours -> ours.getLanguage().equals(language)))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }
}
