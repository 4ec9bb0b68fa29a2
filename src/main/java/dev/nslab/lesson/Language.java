package dev.nslab.lesson;

import java.util.Locale;

/** The languages that every lesson is written in. As text it is the tag (BCP 47), which also names the file. */
public enum Language {
    ENGLISH(Locale.ENGLISH),
    CHINESE(Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** The one of ours that serves them best: all Chinese is served by simplified Chinese, all others by English. */
    public static Language of(Locale wanted) {
        return wanted.getLanguage().equals(CHINESE.locale.getLanguage()) ? CHINESE : ENGLISH;
    }

    public String fileName() {
        return this + ".md";
    }

    @Override
    public String toString() {
        return locale.toLanguageTag();
    }
}
