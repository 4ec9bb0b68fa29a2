import { language } from "../../kit/messages";
import type { Lesson } from "../../wire/lesson";
import { text } from "../words/messages";
import type { News } from "./news";

/** What a screen reader says about a change. */
export function sentenceOf(news: News, lesson: Lesson): string {
  const title = (step: string) => lesson.steps.find(({ id }) => id === step)?.title ?? step;
  switch (news.kind) {
    case "met":
      return text("saidMet", title(news.step));
    case "passed":
      return text("saidPassed", title(news.step));
    case "hint":
      return text("saidHint", news.hint[language]);
    case "graded":
      return news.right === null ? text("saidMissed", news.truth) : text(news.right ? "saidRight" : "saidWrong", news.truth);
    case "playing":
      return text("playing");
    case "problem":
      return news.problem[language];
    case "unkept":
      return text("progressUnkept");
    case "kept":
      return text("progressKept");
    case "done":
      return text("doneTitle");
  }
}
