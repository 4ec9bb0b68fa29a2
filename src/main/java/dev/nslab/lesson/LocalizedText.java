package dev.nslab.lesson;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The same words in every language. Goes to JSON as it is. */
public record LocalizedText(
        @JsonProperty("en") String english,
        @JsonProperty("zh-CN") String chinese) {

    public String in(Language language) {
        return switch (language) {
            case ENGLISH -> english;
            case CHINESE -> chinese;
        };
    }
}
